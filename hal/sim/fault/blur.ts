/**
 * Blur: a plane as through a lens out of focus, a running mean along rows and then along columns, twice.
 */
import type { Plane } from "../../frame.ts";

/** Of the plane's width, at least one pixel. */
const radiusFrac = 0.004;
const rounds = 2;

export function blur({ data, stride, width, height }: Plane): void {
  const radius = Math.max(1, Math.round(width * radiusFrac));
  const line = new Uint8Array(Math.max(width, height));
  for (let round = 0; round < rounds; round += 1) {
    for (let y = 0; y < height; y += 1)
      smooth(data, { from: y * stride, step: 1, count: width }, radius, line);
    for (let x = 0; x < width; x += 1) smooth(data, { from: x, step: stride, count: height }, radius, line);
  }
}

interface Run {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

function smooth(data: Uint8Array, { from, step, count }: Run, radius: number, line: Uint8Array): void {
  for (let i = 0; i < count; i += 1) line[i] = data[from + i * step] as number;
  const at = (i: number): number => line[i < 0 ? 0 : i >= count ? count - 1 : i] as number;
  let sum = 0;
  for (let i = -radius; i <= radius; i += 1) sum += at(i);
  for (let i = 0; i < count; i += 1) {
    data[from + i * step] = (sum / (2 * radius + 1) + 0.5) | 0;
    sum += at(i + radius + 1) - at(i - radius);
  }
}
