/**
 * PIR desk: one PIR, what it says (pir-voice.ts) and whether it is believed (pir-watch.ts).
 *
 * Judged at every edge and once a minute. What is wrong is told once, and once more when it is right again.
 */
import type { Fault } from "../../../hal/fault.ts";
import type { Clock, PirEdge, PirSensor } from "../../../hal/sensors.ts";
import type { PirSays } from "../../sight/fusion.ts";
import { PirNear } from "./pir-near.ts";
import { PirVoice, type PirSaid } from "./pir-voice.ts";
import { PirWatch, type PirTrouble } from "./pir-watch.ts";
import { pirFault } from "./pir-words.ts";

export interface PirDeskOptions {
  readonly clock: Clock;
  readonly warmUpMs: number;
  readonly activeLow: boolean;
  /** What it says became another thing. */
  readonly onState: (said: PirSaid) => void;
  /** It does not behave like a sensor; null = it does again. */
  readonly onTrouble: (fault: Fault | null) => void;
}

const judgeMs = 60_000;

export class PirDesk implements Disposable {
  readonly #options: PirDeskOptions;
  readonly #voice: PirVoice;
  readonly #near: PirNear;
  readonly #watch = new PirWatch();
  readonly #cancel: () => void;
  #trouble: PirTrouble | null = null;

  constructor(options: PirDeskOptions) {
    const { clock, warmUpMs } = options;
    this.#options = options;
    this.#near = new PirNear(clock);
    const onState = (said: PirSaid): void => {
      this.#near.heard(said);
      options.onState(said);
    };
    this.#voice = new PirVoice({ clock, warmUpMs, onState });
    this.#cancel = clock.every(judgeMs, () => this.#judge());
  }

  get said(): PirSaid {
    return this.#voice.said;
  }

  /** What it says, or said a moment ago. */
  get lately(): PirSays {
    return this.#near.says;
  }

  /** When it has settled; Infinity = there is none. */
  get readyMonoMs(): number {
    return this.#voice.readyMonoMs;
  }

  /** Why it is not believed. */
  get fault(): Fault | null {
    return this.#trouble === null ? null : pirFault(this.#trouble, this.#options.activeLow);
  }

  opened(pir: Pick<PirSensor, "active">): void {
    this.#watch.opened(pir.active, this.#options.clock.monoMs());
    this.#voice.opened(() => pir.active);
  }

  /** False: it still settles. */
  edge(edge: PirEdge): boolean {
    this.#watch.edge(edge.active, edge.monoMs);
    this.#judge();
    return this.#voice.edge(edge);
  }

  lost(): void {
    this.#watch.lost();
    this.#judge();
    this.#voice.lost();
  }

  /** Somebody was there for certain. */
  press(monoMs: number): void {
    this.#watch.press(monoMs);
  }

  /** What the picture saw since the last time; null = nobody looks. */
  look(seen: { readonly moved: boolean; readonly close: boolean } | null): void {
    this.#watch.look(seen, this.#options.clock.monoMs());
  }

  [Symbol.dispose](): void {
    this.#cancel();
    this.#voice.lost();
  }

  #judge(): void {
    const trouble = this.#watch.troubleAt(this.#options.clock.monoMs());
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#voice.trust(trouble === null);
    this.#options.onTrouble(this.fault);
  }
}
