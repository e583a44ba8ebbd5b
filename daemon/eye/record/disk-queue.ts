/**
 * Disk queue: writes one after the other, outlives a full disk, and is bounded in bytes.
 *
 * A job that fails with Fault `exhausted` is tried again when room was made (`roomMade`) or after
 * a second, for as long as it takes: the newest recording must not be what a full disk costs.
 * A disk that reports an error (EIO) is asked once more. Other failures drop the job, count it and keep
 * its words for the status page. When more than maxBytes wait, the oldest waiting job that has bytes is dropped and counted: never one without,
 * because a clip whose folder was not made would lose all that comes after. Those are bounded in
 * number instead.
 */
import { isDiskFull, systemCode, toFault, type Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";

export interface DiskJob {
  readonly bytes: number;
  run(): Promise<void>;
}

export interface DiskQueueOptions {
  readonly clock: Clock;
  readonly maxBytes: number;
  /** Called each time the disk is full (not when descriptors or memory are), with what is wanted. */
  readonly onFull: (wantedBytes: number) => void;
  /** False: a full disk drops the job like any other failure (nobody is there to make room). */
  readonly retry?: boolean;
}

const retryMs = 1_000;
const maxJobs = 10_000;
/** A file whose fsync failed is given up (seal/durable.ts); what it held is still here, and goes into a new one. */
const mostBroken = 1;

export class DiskQueue {
  readonly #options: DiskQueueOptions;
  readonly #waiting: DiskJob[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | null = null;
  #wake: () => void = () => {};
  done = 0;
  dropped = 0;
  lastError: Fault | null = null;

  constructor(options: DiskQueueOptions) {
    this.#options = options;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  push(job: DiskJob): void {
    this.#waiting.push(job);
    this.#waitingBytes += job.bytes;
    while (this.#waitingBytes > this.#options.maxBytes) {
      const oldest = this.#waiting.findIndex(({ bytes }) => bytes > 0);
      if (this.#waiting[oldest] === job) break;
      this.#drop(oldest);
    }
    if (this.#waiting.length > maxJobs) this.#drop(0);
    this.#running ??= this.#drain();
  }

  /** For a job that is not even worth waiting: counted as dropped, with its words. */
  refuse(fault: Fault): void {
    this.dropped += 1;
    this.lastError = fault;
  }

  roomMade(): void {
    this.#wake();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  #drop(index: number): void {
    for (const { bytes } of this.#waiting.splice(index, 1)) this.#waitingBytes -= bytes;
    this.dropped += 1;
  }

  async #drain(): Promise<void> {
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) {
      this.#waitingBytes -= job.bytes;
      await this.#finish(job);
    }
    this.#running = null;
  }

  async #finish(job: DiskJob): Promise<void> {
    for (let broken = 0; ;) {
      try {
        await job.run();
        this.done += 1;
        return;
      } catch (error) {
        const fault = toFault(error);
        this.lastError = fault;
        if (systemCode(fault) === "EIO" && (broken += 1) <= mostBroken) continue;
        if (fault.kind !== "exhausted" || this.#options.retry === false) {
          this.dropped += 1;
          return;
        }
        await this.#roomOrLater(isDiskFull(fault) ? job.bytes : null);
      }
    }
  }

  /** null: room is not what is wanted. */
  async #roomOrLater(wantedBytes: number | null): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(retryMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
      if (wantedBytes !== null) this.#options.onFull(wantedBytes);
    });
    this.#wake = () => {};
  }
}
