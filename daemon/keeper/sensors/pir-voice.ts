/**
 * PIR voice: what the PIR says, for those who fuse it with the picture: active, quiet, or unknown.
 *
 * Unknown while there is no sensor, while it settles after power-on, and while it is not trusted (pir-watch.ts). What
 * became active in the warm-up is not believed before it has fallen. Every change is told once.
 */
import type { Clock, PirEdge } from "../../../hal/sensors.ts";
import type { PirState } from "../../sight/pir-track.ts";

export interface PirVoiceOptions {
  readonly clock: Clock;
  readonly warmUpMs: number;
  readonly onState: (said: PirSaid) => void;
}

export interface PirSaid {
  readonly state: PirState;
  /** When it became so. */
  readonly monoMs: number;
}

export class PirVoice {
  readonly #options: PirVoiceOptions;
  #said: PirSaid = { state: "unknown", monoMs: 0 };
  /** Of the line; null = there is none, or it settles. */
  #active: boolean | null = null;
  #readyMonoMs = Infinity;
  #trusted = true;
  #cancel = (): void => {};

  constructor(options: PirVoiceOptions) {
    this.#options = options;
  }

  get said(): PirSaid {
    return this.#said;
  }

  /** When it has settled; Infinity = there is none. */
  get readyMonoMs(): number {
    return this.#readyMonoMs;
  }

  /** `active`: the line's level at that moment, asked again when it has settled. */
  opened(active: () => boolean): void {
    const { clock, warmUpMs } = this.#options;
    this.lost();
    this.#readyMonoMs = clock.monoMs() + warmUpMs;
    const settled = (): void => {
      if (!active()) this.#line(false, clock.monoMs());
    };
    if (warmUpMs === 0) settled();
    else this.#cancel = clock.after(warmUpMs, settled);
  }

  /** True: it counts. */
  edge({ active, monoMs }: PirEdge): boolean {
    if (monoMs < this.#readyMonoMs) return false;
    this.#line(active && this.#active === null ? null : active, monoMs);
    return true;
  }

  lost(): void {
    this.#cancel();
    this.#readyMonoMs = Infinity;
    this.#line(null, this.#options.clock.monoMs());
  }

  trust(trusted: boolean): void {
    if (trusted === this.#trusted) return;
    this.#trusted = trusted;
    this.#tell(this.#options.clock.monoMs());
  }

  #line(active: boolean | null, monoMs: number): void {
    this.#active = active;
    this.#tell(monoMs);
  }

  #tell(monoMs: number): void {
    const state = !this.#trusted || this.#active === null ? "unknown" : this.#active ? "active" : "quiet";
    if (state === this.#said.state) return;
    this.#said = { state, monoMs };
    this.#options.onState(this.#said);
  }
}
