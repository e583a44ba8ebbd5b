/**
 * Live feed: masked units to the keeper while somebody watches.
 *
 * A viewer who joins gets the init segment and the GOP so far, so that a picture stands at once;
 * after that every unit is sent as it leaves the encoder. Off = nothing is made.
 */
import type { EncodedUnit, Encoder } from "../../hal/encoder.ts";
import type { FrameGeometry } from "../../hal/frame.ts";
import { encodeLive } from "../wire/live.ts";
import { fragment } from "./fmp4/fragment.ts";
import { initSegment } from "./fmp4/init.ts";
import type { Preroll } from "./record/preroll.ts";
import type { Stage } from "./stages.ts";

export interface LiveFeedOptions {
  readonly size: FrameGeometry;
  readonly encoder: Pick<Encoder, "config">;
  readonly preroll: Preroll;
  readonly stage: Stage;
  readonly wallMsAt: (ptsUs: number) => number;
  readonly send: (bytes: Uint8Array) => void;
}

export class LiveFeed {
  readonly #options: LiveFeedOptions;
  #on = false;
  #started = false;
  #sequence = 0;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  /** Turning it on again starts again from the init segment (a keeper that came back). */
  turn(on: boolean): void {
    this.#on = on;
    this.#started = false;
    if (on) this.#start();
  }

  /** The unit must already be in the pre-roll. */
  push(unit: EncodedUnit): void {
    if (!this.#on) return;
    if (this.#started) this.#send(unit);
    else this.#start();
  }

  #start(): void {
    const { encoder, preroll, size, wallMsAt } = this.#options;
    const gop = preroll.currentGop();
    const first = gop[0];
    if (encoder.config === null || first === undefined) return;
    this.#started = true;
    const payload = initSegment({ ...size, avcC: encoder.config.avcC });
    this.#options.send(
      encodeLive({ kind: "init", ptsUs: first.ptsUs, wallMs: wallMsAt(first.ptsUs), payload }),
    );
    for (const unit of gop) this.#send(unit);
  }

  #send(unit: EncodedUnit): void {
    const { stage, wallMsAt } = this.#options;
    stage.in += 1;
    this.#sequence += 1;
    const payload = fragment([unit], { sequence: this.#sequence, baseUs: 0 });
    const kind = unit.keyframe ? "key" : "delta";
    this.#options.send(encodeLive({ kind, ptsUs: unit.ptsUs, wallMs: wallMsAt(unit.ptsUs), payload }));
    stage.out += 1;
  }
}
