/**
 * A square of a picture around a box, with context, scaled to 80x80 by area or by interpolation; the edge of
 * the picture is repeated. As squares.py does with the pictures that have boxes.
 */
import type { I420, Plane } from "../../hal/frame.ts";
import type { BoxPx } from "../../hal/geometry.ts";

export const side = 80;

/** RGB, row by row. */
export function squareOf(picture: I420, [x, y, w, h]: BoxPx, context: number): Uint8Array {
  const edge = Math.max(w, h) * context;
  const [left, top, step] = [x + w / 2 - edge / 2, y + h / 2 - edge / 2, edge / side];
  const out = new Uint8Array(side * side * 3);
  const taps = Math.min(4, Math.max(1, Math.ceil(step)));
  for (let j = 0; j < side; j += 1) {
    for (let i = 0; i < side; i += 1) {
      let [luma, u, v] = [0, 0, 0];
      for (let n = 0; n < taps * taps; n += 1) {
        const px = left + (i + ((n % taps) + 0.5) / taps) * step - 0.5;
        const py = top + (j + (Math.floor(n / taps) + 0.5) / taps) * step - 0.5;
        luma += sample(picture.y, px, py);
        u += sample(picture.u, (px - 0.5) / 2, (py - 0.5) / 2);
        v += sample(picture.v, (px - 0.5) / 2, (py - 0.5) / 2);
      }
      const count = taps * taps;
      out.set(rgbOf(luma / count, u / count, v / count), (j * side + i) * 3);
    }
  }
  return out;
}

/** Between the four samples around a place. */
function sample({ data, stride, width, height }: Plane, x: number, y: number): number {
  const [cx, cy] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const [fx, fy] = [cx - x0, cy - y0];
  const at = (px: number, py: number): number => data[py * stride + px] ?? 0;
  return (
    (at(x0, y0) * (1 - fx) + at(x1, y0) * fx) * (1 - fy) + (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy
  );
}

/** BT.709, limited range, as the eye encodes. */
function rgbOf(y: number, u: number, v: number): [number, number, number] {
  const luma = (y - 16) * 1.1644;
  const red = luma + 1.7927 * (v - 128);
  const green = luma - 0.2132 * (u - 128) - 0.5329 * (v - 128);
  const blue = luma + 2.1124 * (u - 128);
  const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
  return [byte(red), byte(green), byte(blue)];
}

export function ppmOf(rgb: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`P6 ${side} ${side} 255\n`), rgb]);
}
