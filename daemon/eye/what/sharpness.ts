/**
 * Sharpness of a part of a masked frame: how much neighbouring pixels differ, 0..1. Somebody who runs past at night is a
 * smear; a picture of him a moment later may not be.
 */
import type { MaskedFrame } from "../../../hal/frame.ts";
import type { BoxPx } from "../../../hal/geometry.ts";

const across = 48;
/** Mean difference of neighbours at which nothing looks soft any more. */
const crisp = 9;

export function sharpnessIn({ y }: MaskedFrame, [left, top, width, height]: BoxPx): number {
  const stepX = Math.max(1, Math.floor(width / across));
  const stepY = Math.max(1, Math.floor(height / across));
  let [sum, count] = [0, 0];
  for (let row = top + 1; row < top + height; row += stepY) {
    for (let col = left + 1; col < left + width; col += stepX) {
      const at = row * y.stride + col;
      const here = y.data[at] ?? 0;
      sum += Math.abs(here - (y.data[at - 1] ?? 0)) + Math.abs(here - (y.data[at - y.stride] ?? 0));
      count += 2;
    }
  }
  return count === 0 ? 0 : Math.min(1, sum / count / crisp);
}
