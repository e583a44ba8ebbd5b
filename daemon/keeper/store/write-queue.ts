/**
 * Write queue: changes wait here for the disk, so that nobody else does.
 *
 * In order, in batches, tried again with back-off while the disk is full or the index is away.
 * Bounded: past maxWaiting the oldest change is dropped and counted (what it said of a clip is on
 * the disk anyway and comes back with the next reconcile). A change that the index refuses for
 * any other reason is dropped and counted too, so that one bad change never blocks the rest.
 */
import { toFault, type Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Event } from "../../wire/api.ts";
import type { Change } from "./change.ts";

const maxWaiting = 4_096;
const maxBatch = 256;
const firstRetryMs = 250;
const lastRetryMs = 5_000;

export interface WriteQueueOptions {
  readonly clock: Clock;
  /** Durable when it resolves; rejects with a Fault. */
  readonly commit: (changes: readonly Change[]) => Promise<void>;
  readonly onCommitted: (changes: readonly Change[]) => void;
  /** Told when the state of the store changes; null = it works again. */
  readonly onFault: (fault: Fault | null) => void;
}

export class WriteQueue {
  readonly #options: WriteQueueOptions;
  #waiting: Change[] = [];
  #underWay: readonly Change[] = [];
  #draining: Promise<void> | null = null;
  #wake = (): void => {};
  #closed = false;
  #askedMs = 0;
  fault: Fault | null = null;
  in = 0;
  out = 0;
  dropped = 0;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length + this.#underWay.length;
  }

  /** How long the disk has not answered; 0 = it owes no answer. */
  get unansweredMs(): number {
    return this.#underWay.length === 0 ? 0 : this.#options.clock.monoMs() - this.#askedMs;
  }

  push(change: Change): void {
    this.in += 1;
    this.#waiting.push(change);
    if (this.#waiting.length > maxWaiting) {
      this.#waiting.shift();
      this.dropped += 1;
    }
    this.#draining ??= this.#drain();
  }

  /** Events that no row shows yet, newest state last. */
  unsaved(): Event[] {
    return [...this.#underWay, ...this.#waiting].flatMap((each) =>
      each.type === "event" ? [each.event] : [],
    );
  }

  /** Room was made, or the index is back: try now. */
  retryNow(): void {
    this.#wake();
  }

  /** Resolves when nothing waits, or what waits has just failed. */
  async settled(): Promise<void> {
    while (this.#draining !== null && this.fault === null) {
      await Promise.race([this.#draining, new Promise((resolve) => setImmediate(resolve))]);
    }
  }

  /** One last try, then gives up what is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await Promise.resolve(); // whatever else this tick does comes before the disk
    let retryMs = firstRetryMs;
    while (this.#waiting.length > 0) {
      this.#underWay = this.#waiting.splice(0, maxBatch);
      this.#askedMs = this.#options.clock.monoMs();
      try {
        await this.#commit(this.#underWay);
        retryMs = firstRetryMs;
        this.#setFault(null);
      } catch (error) {
        this.#setFault(toFault(error));
        this.#waiting.unshift(...this.#underWay);
        this.#underWay = [];
        if (this.#closed) break;
        await this.#pause(retryMs);
        retryMs = Math.min(retryMs * 2, lastRetryMs);
      }
    }
    this.#underWay = [];
    this.#draining = null;
  }

  async #commit(changes: readonly Change[]): Promise<void> {
    try {
      await this.#options.commit(changes);
      this.out += changes.length;
      this.#options.onCommitted(changes);
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind !== "bug" && fault.kind !== "invalid") throw fault;
      if (changes.length > 1) {
        for (const change of changes) await this.#commit([change]);
        return;
      }
      this.dropped += 1;
      this.#options.onFault(fault);
    }
  }

  #setFault(fault: Fault | null): void {
    const changed = this.fault?.message !== fault?.message;
    this.fault = fault;
    if (changed) this.#options.onFault(fault);
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = () => {};
  }
}
