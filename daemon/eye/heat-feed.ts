/**
 * Heat feed: what motion made of each analysed picture, to the keeper while somebody calibrates.
 *
 * Levels and nothing finer: of a masked cell there is none, and no picture can be made of them. Off,
 * nothing is made. Nothing waits: a keeper that is away or does not read gets none (link.ts counts it).
 */
import type { FrameGeometry } from "../../hal/frame.ts";
import { gridOf } from "../sight/grid.ts";
import { levelOfEvidence } from "../sight/levels.ts";
import { encodeHeat } from "../wire/heat.ts";
import type { MotionResult } from "./motion/motion.ts";
import type { Stage } from "./stages.ts";

export interface HeatFeedOptions {
  readonly stage: Stage;
  readonly send: (bytes: Uint8Array) => void;
}

/** Of the picture that was judged. */
export interface HeatMoment {
  readonly ptsUs: number;
  readonly wallMs: number;
  readonly size: FrameGeometry;
}

export class HeatFeed {
  readonly #options: HeatFeedOptions;
  #on = false;

  constructor(options: HeatFeedOptions) {
    this.#options = options;
  }

  turn(on: boolean): void {
    this.#on = on;
  }

  handle(seen: Pick<MotionResult, "analysed" | "levels" | "light" | "cells">, moment: HeatMoment): void {
    if (!this.#on || !seen.analysed) return;
    const { stage, send } = this.#options;
    const { ptsUs, wallMs, size } = moment;
    const { cols, rows } = gridOf(size);
    stage.in += 1;
    send(
      encodeHeat({
        ptsUs,
        wallMs,
        light: seen.light,
        cols,
        rows,
        levels: seen.levels,
        stirring: stirringOf(seen.cells),
      }),
    );
    stage.out += 1;
  }
}

/** What differs from the background and moves right now, proven or not. */
function stirringOf({ change, stir }: MotionResult["cells"]): Uint8Array {
  return change.map((value, k) => levelOfEvidence[Math.min(value, stir[k] ?? 0)] ?? 0);
}
