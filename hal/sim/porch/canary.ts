/**
 * Canary: a loud pattern that moves, over every pixel that a privacy mask must destroy.
 *
 * For the leak hunt: whatever of it is found in an output went past the mask. Blocks of four
 * saturated colours, far from black and from grey in Y, U and V, shifted with the porch time, so that
 * no two frames have the same one. Painted outside the property line and inside privacy zones,
 * but at least two pixels away from any whose centre lies in what may be seen: nothing that stays
 * visible is touched, so a picture with and one without must be the same after the mask, to the bit.
 */
import type { FrameGeometry, I420, Plane } from "../../frame.ts";
import type { Polygon } from "../../geometry.ts";

/** Y, U, V of red, green, magenta and yellow in limited-range BT.601. */
export const canaryColours = [
  [82, 90, 240],
  [145, 54, 34],
  [106, 202, 222],
  [210, 16, 146],
] as const;

/** Large enough to survive H.264 at a low rate, small enough to stand a dozen times in a window. */
const blockPx = 16;
/** Kept free around what may be seen. */
const gapPx = 2;
/** One step of the pattern: shorter than a frame at 50 fps. */
const stepMs = 20;

/** Porch times at which the pattern stands in each of its places once; then it begins again. */
export const canaryPhases: readonly number[] = Array.from({ length: 64 }, (_, step) => step * stepMs);

export interface CanaryShape {
  readonly propertyLine: Polygon;
  readonly privacyZones: readonly Polygon[];
}

export interface Canary {
  readonly paint: (into: I420, tMs: number) => void;
  /** Is this luma sample painted? */
  readonly covers: (x: number, y: number) => boolean;
}

/** Which of `canaryColours` stands at a luma pixel. */
export function canaryColourAt(x: number, y: number, tMs: number): number {
  const step = Math.floor(tMs / stepMs);
  const column = Math.floor((x + 3 * step) / blockPx);
  const row = Math.floor((y + 2 * step) / blockPx);
  return (((column + 2 * row) % 4) + 4) % 4;
}

export function createCanary(shape: CanaryShape, { width, height }: FrameGeometry): Canary {
  const near = widened(shownPixels(shape, width, height), width, height);
  const covers = (x: number, y: number): boolean => near[y * width + x] === 0;
  const wholeBlock = (x: number, y: number): boolean =>
    covers(x, y) &&
    (x + 1 >= width || covers(x + 1, y)) &&
    (y + 1 >= height || (covers(x, y + 1) && (x + 1 >= width || covers(x + 1, y + 1))));

  function paintPlane(
    plane: Plane,
    tMs: number,
    { component, step }: { component: 0 | 1 | 2; step: 1 | 2 },
  ): void {
    const isPainted = step === 1 ? covers : wholeBlock;
    for (let y = 0; y < plane.height; y += 1) {
      for (let x = 0; x < plane.width; x += 1) {
        if (!isPainted(x * step, y * step)) continue;
        const colour = canaryColours[canaryColourAt(x * step, y * step, tMs)];
        plane.data[y * plane.stride + x] = colour?.[component] ?? 0;
      }
    }
  }

  return {
    covers,
    paint(into, tMs) {
      paintPlane(into.y, tMs, { component: 0, step: 1 });
      paintPlane(into.u, tMs, { component: 1, step: 2 });
      paintPlane(into.v, tMs, { component: 2, step: 2 });
    },
  };
}

/** 1 where the centre is inside the line and in no zone: all that a mask may leave, and a little more. */
function shownPixels({ propertyLine, privacyZones }: CanaryShape, width: number, height: number): Uint8Array {
  const shown = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const at = (y + 0.5) / height;
    const row = shown.subarray(y * width, (y + 1) * width);
    for (const [from, to] of insideOf(propertyLine, at)) row.fill(1, ...centres(from, to, width));
    for (const zone of privacyZones)
      for (const [from, to] of insideOf(zone, at)) row.fill(0, ...centres(from, to, width));
  }
  return shown;
}

/** Where a horizontal line runs inside a polygon, by the even-odd rule. */
function insideOf(polygon: Polygon, y: number): [from: number, to: number][] {
  const crossings = polygon
    .flatMap(([ax, ay], i) => {
      const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
      return ay <= y === by <= y ? [] : [ax + ((y - ay) * (bx - ax)) / (by - ay)];
    })
    .sort((a, b) => a - b);
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < crossings.length; i += 2) pairs.push([crossings[i] ?? 0, crossings[i + 1] ?? 0]);
  return pairs;
}

/** Pixels [from, to) whose centres lie between two fractions of the width. */
function centres(from: number, to: number, width: number): [number, number] {
  return [Math.max(0, Math.ceil(from * width - 0.5)), Math.max(0, Math.ceil(to * width - 0.5))];
}

/** Everything within the gap of a marked pixel, in both directions. */
function widened(marks: Uint8Array, width: number, height: number): Uint8Array {
  const wide = new Uint8Array(marks.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (marks[y * width + x] === 0) continue;
      const [from, to] = [Math.max(0, x - gapPx), Math.min(width, x + gapPx + 1)];
      for (let row = Math.max(0, y - gapPx); row < Math.min(height, y + gapPx + 1); row += 1) {
        wide.fill(1, row * width + from, row * width + to);
      }
    }
  }
  return wide;
}
