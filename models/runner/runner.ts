/**
 * Runner: keeps one model's process there, and never gives up on it.
 *
 * A start: the file is read and checked again (what lies on the disk may be another by now), the process reads it,
 * and one grey picture is tried before it counts as ready. What fails waits a second, then two, up to five minutes;
 * a minute without trouble begins anew. Several refusals in a row, or answers that make no sense, are trouble too.
 * What it is now is told at the change, before whoever waits for an answer hears that there is none.
 */
import { systemCode, toFault, type Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { LoadedModel } from "../load.ts";
import { loadWords } from "./order.ts";
import { RunnerProcess, type ProcessLimits } from "./process.ts";
import { Reading } from "./reading.ts";
import type { RunnerState, RunnerStatus } from "./status.ts";
import { Times } from "./times.ts";

const firstRetryMs = 1_000;
const lastRetryMs = 5 * 60_000;
const calmMs = 60_000;
/** The first picture takes longer than the others: memory is laid out, code is loaded. */
const warmUps = 4;
const patience = 5;

/** Of the file: it is the same a second later. A disk or a machine that gives nothing just now is another matter. */
function isRefusal(fault: Fault): boolean {
  if (fault.kind === "exhausted") return systemCode(fault) === undefined; // too large a file
  return ["invalid", "corrupt", "not-found", "denied"].includes(fault.kind);
}

export interface RunnerOptions {
  /** As what.model says it. */
  readonly model: string;
  readonly clock: Clock;
  readonly limits: ProcessLimits;
  readonly threads: number;
  /** Reads and checks it. Rejects with a Fault when it is not to be run. */
  readonly load: () => Promise<LoadedModel>;
  /** Its state is another one; the status says which. */
  readonly changed?: (() => void) | undefined;
}

/** A process that answers, and the way to read its answers. */
export interface Ready {
  readonly process: RunnerProcess;
  readonly reading: Reading;
}

export class Runner {
  readonly #options: RunnerOptions;
  readonly #times = new Times();
  #state: RunnerState = "loading";
  #ready: Ready | null = null;
  #process: RunnerProcess | null = null;
  #fault: Fault | null = null;
  #retryMs = firstRetryMs;
  #readySinceMs = 0;
  #runs = 0;
  #failures = 0;
  #inARow = 0;
  #start: Promise<void> = Promise.resolve();
  #cancelRetry = (): void => {};

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#begin();
  }

  /** Null while there is none; the status says why. */
  get ready(): Ready | null {
    return this.#ready;
  }

  get process(): RunnerProcess | null {
    return this.#process;
  }

  get status(): Omit<RunnerStatus, "dropped"> {
    return {
      model: this.#options.model,
      state: this.#state,
      fault: this.#ready === null ? this.#fault : null,
      runs: this.#runs,
      failures: this.#failures,
      msMedian: this.#times.at(0.5),
      msP95: this.#times.at(0.95),
      rssBytes: this.#process?.rssBytes ?? 0,
    };
  }

  /** When this start is over: ready, or a Fault. */
  async settled(): Promise<void> {
    await this.#start;
    if (this.#ready === null && this.#fault !== null) throw this.#fault;
  }

  /** It answered, and the answer made sense. */
  worked(ms: number): void {
    this.#runs += 1;
    this.#times.add(ms);
    this.#inARow = 0;
    if (this.#options.clock.monoMs() - this.#readySinceMs >= calmMs) this.#retryMs = firstRetryMs;
  }

  /** It did not, or it made none: after several in a row it is set aside as after a crash. */
  refused(fault: Fault): void {
    if (this.#ready === null) return; // it ended, and was told of already
    this.#inARow += 1;
    if (this.#inARow >= patience) this.#process?.fail(fault);
  }

  async close(): Promise<void> {
    this.#turn("off");
    this.#ready = null;
    this.#cancelRetry();
    await this.#process?.end();
    await this.#start;
    this.#process = null;
  }

  get #closed(): boolean {
    return this.#state === "off";
  }

  #begin(): void {
    this.#turn("loading");
    this.#start = this.#tryOut().catch((error: unknown) => this.#failed(toFault(error)));
  }

  async #tryOut(): Promise<void> {
    const { clock, limits, threads, load } = this.#options;
    const { bytes, ...model } = await load();
    if (this.#closed) return;
    const reading = new Reading(model);
    const process = new RunnerProcess({
      clock,
      limits,
      ending: (fault) => this.#ending(process, fault),
      ended: (fault) => this.#ended(process, fault),
    });
    this.#process = process;
    await process.load(loadWords(model, threads), bytes);
    const shot = reading.greyShot();
    reading.found(await process.run(shot.samples, warmUps * limits.timeoutMs), shot);
    if (this.#closed) return;
    this.#ready = { process, reading };
    this.#inARow = 0;
    this.#readySinceMs = clock.monoMs();
    this.#turn("ready");
  }

  /** Its end is decided and may take a moment: who asks meanwhile is told at once that nobody is there. */
  #ending(process: RunnerProcess, fault: Fault): void {
    if (this.#process !== process || this.#ready === null) return;
    this.#ready = null;
    this.#fault = fault;
    this.#failures += 1;
    this.#turn("resting");
  }

  /** By itself: a crash, no time or memory left. A start that fails tells by itself. */
  #ended(process: RunnerProcess, fault: Fault): void {
    const isStarted = this.#state === "ready" || this.#state === "resting";
    if (this.#process === process && isStarted) this.#failed(fault);
  }

  #failed(fault: Fault): void {
    const process = this.#process;
    this.#ready = null;
    this.#process = null;
    void process?.end();
    if (this.#closed) return;
    const isRefused = process === null ? isRefusal(fault) : fault.kind === "invalid";
    this.#fault = fault;
    if (this.#state !== "resting") this.#failures += 1; // else counted as its end was decided
    this.#turn(isRefused ? "refused" : "resting");
    this.#cancelRetry = this.#options.clock.after(isRefused ? lastRetryMs : this.#retryMs, () =>
      this.#begin(),
    );
    if (!isRefused) this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }

  #turn(state: RunnerState): void {
    const isOther = this.#state !== state;
    this.#state = state;
    if (isOther && state !== "off") this.#options.changed?.();
  }
}
