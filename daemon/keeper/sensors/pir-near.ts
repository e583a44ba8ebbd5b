/**
 * PIR near: what the PIR said lately, for an event that begins now (sight/label-fusion.ts).
 */
import type { Clock } from "../../../hal/sensors.ts";
import type { PirSays } from "../../sight/fusion.ts";
import { pirBeforeMs } from "../../sight/label-fusion.ts";
import { noPir, pirSaysAt, pirStep } from "../../sight/pir-track.ts";
import type { PirSaid } from "./pir-voice.ts";

export class PirNear {
  readonly #clock: Clock;
  #track = noPir;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  heard({ state, monoMs }: PirSaid): void {
    this.#track = pirStep(this.#track, state, monoMs * 1_000);
  }

  get says(): PirSays {
    return pirSaysAt(this.#track, this.#clock.monoMs() * 1_000, pirBeforeMs * 1_000);
  }
}
