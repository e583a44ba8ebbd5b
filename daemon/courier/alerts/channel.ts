/**
 * Channel: alerts on their way to one place, one at a time, tried again until they are there or too old.
 *
 * Back-off doubles from two seconds to five minutes, with jitter; a place that says when to come back is obeyed
 * for as long. A new ring does not wait for a back-off of more than two seconds.
 * What it refuses for good is dropped, and so is what waited for `keptMs` or no longer fits: counted, with the last
 * error on the status page. A ring goes before words that wait. After a while without success one message may say all that
 * waits, but never who stands there now: the newest ring, if it is new, goes alone and first.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Stage } from "../../wire/stages.ts";
import { alertIdOf, type AlertSaid } from "../../wire/told.ts";
import { backOffMs } from "../back-off.ts";

export interface Aged {
  readonly said: AlertSaid;
  /** By running time. */
  readonly ageMs: number;
}

/** Sends these, in order of time, as one message; throws Fault, `Refused` when trying again would fail again. */
export type SendAlerts = (alerts: readonly Aged[]) => Promise<void>;

export class Refused extends Fault {}

/** Come back after so long. */
export class Busy extends Fault {
  readonly afterMs: number;

  constructor(message: string, afterMs: number) {
    super("unavailable", message);
    this.afterMs = afterMs;
  }
}

export interface ChannelOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly stage: Stage;
  readonly send: SendAlerts;
  /** More than so many that wait are said in one message; Infinity = never. */
  readonly digestOver: number;
  /** `alert` = its id (`alertIdOf`). */
  readonly onDone: (alert: string, taken: boolean) => void;
  /** After each attempt, when the stage knows of it; null = it is there. */
  readonly onTried?: (fault: Fault | null) => void;
}

const mostWaiting = 64;
const keptMs = 60 * 60_000;
/** Who rang may still stand there. */
const newMs = 60_000;
const waits = { firstMs: 2_000, lastMs: 5 * 60_000 };

interface Waiting {
  readonly said: AlertSaid;
  readonly bornMonoMs: number;
}

export class Channel implements Disposable {
  readonly #options: ChannelOptions;
  #waiting: Waiting[] = [];
  /** Being sent: what comes meanwhile is not in that message. */
  #sending: readonly Waiting[] = [];
  /** The newest ring that is there. */
  #ringMonoMs = -Infinity;
  #failures = 0;
  /** No call before, not even for a ring. */
  #notBeforeMs = 0;
  #isBusy = false;
  #isOver = false;
  #cancelRetry: (() => void) | null = null;

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  happened(said: AlertSaid): void {
    const { clock, stage } = this.#options;
    stage.in += 1;
    this.#waiting.push({ said, bornMonoMs: clock.monoMs() - said.agoMs });
    const oldest = this.#waiting.find((each) => !this.#sending.includes(each));
    if (this.#waiting.length > mostWaiting && oldest !== undefined) this.#drop([oldest]);
    // somebody stands at the door: that is worth a try although the next one was to come later
    if (isRing(said) && clock.monoMs() >= this.#notBeforeMs) {
      this.#cancelRetry?.();
      this.#cancelRetry = null;
    }
    if (this.#cancelRetry === null) void this.#go();
  }

  /** Nothing of what waits is sent any more, and nobody is told that it is done. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#cancelRetry?.();
  }

  async #go(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#cancelRetry = null;
    const { clock, stage, send } = this.#options;
    while (!this.#isOver) {
      this.#drop(this.#waiting.filter(({ bornMonoMs }) => clock.monoMs() - bornMonoMs > keptMs));
      if (this.#waiting.length === 0) {
        this.#failures = 0;
        break;
      }
      const now = this.#next();
      this.#sending = now;
      try {
        await send(now.map(({ said, bornMonoMs }) => ({ said, ageMs: clock.monoMs() - bornMonoMs })));
        this.#failures = 0;
        delete stage.lastError;
        stage.out += now.length;
        this.#options.onTried?.(null);
        for (const { said, bornMonoMs } of now)
          if (isRing(said)) this.#ringMonoMs = Math.max(this.#ringMonoMs, bornMonoMs);
        this.#forget(now, true);
      } catch (error) {
        const fault = toFault(error);
        stage.lastError = fault.message;
        this.#options.onTried?.(fault);
        if (fault instanceof Refused) {
          this.#failures = 0;
          this.#drop(now);
        } else {
          this.#retry(fault);
          break;
        }
      }
    }
    this.#sending = [];
    this.#isBusy = false;
  }

  #next(): readonly Waiting[] {
    const { clock, digestOver } = this.#options;
    const rings = this.#waiting.filter(({ said }) => isRing(said));
    if (this.#waiting.length <= digestOver) return (rings.length > 0 ? rings : this.#waiting).slice(0, 1);
    const newest = rings.at(-1);
    // what comes while they are sent is not among them
    const all = [...this.#waiting];
    if (newest === undefined || newest.bornMonoMs <= this.#ringMonoMs) return all;
    return clock.monoMs() - newest.bornMonoMs < newMs ? [newest] : all;
  }

  #retry(fault: Fault): void {
    if (this.#isOver) return;
    this.#failures += 1;
    const { clock, random } = this.#options;
    const wanted = fault instanceof Busy ? Math.min(fault.afterMs, waits.lastMs) : 0;
    const afterMs = Math.max(wanted, backOffMs(this.#failures, waits, random()));
    this.#notBeforeMs = clock.monoMs() + Math.max(wanted, waits.firstMs);
    this.#cancelRetry = clock.after(afterMs, () => void this.#go());
  }

  #drop(dropped: readonly Waiting[]): void {
    this.#options.stage.dropped += dropped.length;
    this.#forget(dropped, false);
  }

  #forget(gone: readonly Waiting[], taken: boolean): void {
    this.#waiting = this.#waiting.filter((each) => !gone.includes(each));
    for (const { said } of gone) this.#options.onDone(alertIdOf(said), taken);
  }
}

function isRing(said: AlertSaid): boolean {
  return said.type === "happened" && said.kind === "ring";
}
