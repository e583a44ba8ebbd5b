/**
 * Rig: pictures of a porch and how they differ, for tests of what is drawn.
 */
import { newPicture, type Picture } from "../../../hal/sim/picture.ts";
import { createPorch, type Porch } from "../../../hal/sim/porch/porch.ts";
import type { PorchSettings } from "../../../hal/sim/porch/settings.ts";

export const size = { width: 320, height: 180 } as const;

export function porchOf(settings: PorchSettings): Porch {
  return createPorch({ light: "day", rain: "off", scene: "empty", ...settings }, size);
}

export function pictureAt(porch: Porch, tMs: number): Picture {
  const picture = newPicture(porch);
  porch.render(tMs, picture);
  return picture;
}

/** Mean luma of a part of the picture, in fractions: left, top, width, height. */
export function meanOf(
  { y, width, height }: Picture,
  [left, top, wide, high]: readonly number[] = [0, 0, 1, 1],
) {
  let sum = 0;
  let n = 0;
  const end = (from = 0, length = 1, side = 1): number => Math.floor((from + length) * side);
  for (let row = Math.floor((top ?? 0) * height); row < end(top, high, height); row += 1) {
    for (let x = Math.floor((left ?? 0) * width); x < end(left, wide, width); x += 1) {
      sum += y.data[row * y.stride + x] ?? 0;
      n += 1;
    }
  }
  return sum / n;
}

/** Where two pictures differ by more than grain: pixels. */
export function changes(a: Picture, b: Picture, byMore = 14): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  for (let y = 0; y < a.height; y += 1) {
    for (let x = 0; x < a.width; x += 1) {
      const i = y * a.y.stride + x;
      if (Math.abs((a.y.data[i] ?? 0) - (b.y.data[i] ?? 0)) > byMore) found.push({ x, y });
    }
  }
  return found;
}

/** Mean absolute difference of the middle of `a` and `b` moved by whole pixels. */
export function misfit(a: Picture, b: Picture, dx: number, dy: number): number {
  const rim = 12;
  let sum = 0;
  let n = 0;
  for (let y = rim; y < a.height - rim; y += 1) {
    for (let x = rim; x < a.width - rim; x += 1) {
      sum += Math.abs((a.y.data[y * a.y.stride + x] ?? 0) - (b.y.data[(y + dy) * b.y.stride + x + dx] ?? 0));
      n += 1;
    }
  }
  return sum / n;
}
