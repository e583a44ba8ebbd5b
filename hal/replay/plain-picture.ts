/**
 * Plain picture: what a camera shows whose timings are known and whose pictures are not. A grey slope, always the same,
 * so that nothing moves in it.
 */
import type { FrameGeometry, I420, Plane } from "../frame.ts";

const [darkest, brightest, noColour] = [60, 180, 128] as const;

export function plainPicture({ width, height }: FrameGeometry): I420 {
  const y = plane(width, height);
  for (let row = 0; row < height; row += 1) {
    const level = darkest + ((brightest - darkest) * row) / Math.max(1, height - 1);
    y.data.fill(Math.round(level), row * width, (row + 1) * width);
  }
  const [cw, ch] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const [u, v] = [plane(cw, ch), plane(cw, ch)];
  u.data.fill(noColour);
  v.data.fill(noColour);
  return { width, height, y, u, v };
}

function plane(width: number, height: number): Plane {
  return { data: new Uint8Array(width * height), stride: width, width, height };
}
