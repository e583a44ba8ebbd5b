/**
 * Porch frames: a second of the busy porch, to play round and round.
 */
import type { RawFrame } from "../../hal/frame.ts";
import { newPicture } from "../../hal/sim/picture.ts";
import { createPorch } from "../../hal/sim/porch/porch.ts";
import { porchFps } from "./clip.ts";

/** The porch while its first visitor is at the door, each frame in memory of its own. */
export function porchFrames(width: number, height: number): RawFrame[] {
  const porch = createPorch({ light: "day" }, { width, height });
  return Array.from({ length: porchFps }, (_, i) => {
    const picture = newPicture({ width, height });
    porch.render(14_000 + (i * 1_000) / porchFps, picture);
    return { ...picture, ptsUs: i, sequence: i };
  });
}
