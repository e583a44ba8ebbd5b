/**
 * Sleep: may the camera be closed now, and who wakes it? (camera.sleep)
 *
 * It sleeps when nothing has happened for `quietMs`: no movement, no recording, nobody who watches, nothing that the PIR
 * or anybody else asked for. It only ever sleeps while there is a PIR that can be asked: with the sensor lost, not
 * believed or the keeper away, a sleeping camera would see nobody. An edge, a press, a viewer, a picture that is asked
 * for, or a sensor that goes away wake it. Pure but for its clock.
 */
import { once } from "node:events";
import type { Clock } from "../../hal/sensors.ts";
import type { PirState } from "../sight/pir-track.ts";

export interface SleepOptions {
  readonly clock: Clock;
  readonly enabled: boolean;
  readonly quietMs: number;
}

/** pir = the edge itself is the event; asked = a press, a viewer, a picture; uncertain = nobody would wake it. */
export type WakeCause = "pir" | "asked" | "uncertain";

export class Sleep {
  readonly #options: SleepOptions;
  #pir: PirState = "unknown";
  /** Live view or calibration. */
  #watchers = new Set<string>();
  #lastMonoMs: number;
  #cause: WakeCause | null = null;
  #woken = new AbortController();
  asleep = false;

  constructor(options: SleepOptions) {
    this.#options = options;
    this.#lastMonoMs = options.clock.monoMs();
  }

  pir(state: PirState): void {
    this.#pir = state;
    if (state === "active") this.#wake("pir");
    else if (state === "unknown") this.#wake("uncertain");
    else this.stir();
  }

  watch(who: "live" | "heat", on: boolean): void {
    if (!on) return void this.#watchers.delete(who);
    this.#watchers.add(who);
    this.#wake("asked");
  }

  /** Somebody presses, or asks for a picture. */
  ask(): void {
    this.#wake("asked");
  }

  /** Something moves, or is being recorded. */
  stir(): void {
    this.#lastMonoMs = this.#options.clock.monoMs();
  }

  get maySleep(): boolean {
    const { clock, enabled, quietMs } = this.#options;
    if (!enabled || this.#pir !== "quiet" || this.#watchers.size > 0) return false;
    return clock.monoMs() - this.#lastMonoMs >= quietMs;
  }

  /** Resolves when somebody wakes it, or with null when `signal` says stop. */
  async sleep(signal: AbortSignal): Promise<WakeCause | null> {
    this.asleep = true;
    this.#cause = null;
    this.#woken = new AbortController();
    const any = AbortSignal.any([signal, this.#woken.signal]);
    if (!any.aborted) await once(any, "abort");
    this.asleep = false;
    this.stir();
    return signal.aborted ? null : this.#cause;
  }

  #wake(cause: WakeCause): void {
    this.stir();
    if (!this.asleep || this.#cause !== null) return;
    this.#cause = cause;
    this.#woken.abort();
  }
}
