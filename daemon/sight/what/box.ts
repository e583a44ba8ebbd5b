/**
 * Boxes in fractions of the picture (left, top, width, height), so that what is learnt of a track holds at any size.
 */
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { BoxPx, Point } from "../../../hal/geometry.ts";

export type Box = readonly [x: number, y: number, w: number, h: number];

export function boxFrom([x, y, w, h]: BoxPx, { width, height }: FrameGeometry): Box {
  return [x / width, y / height, w / width, h / height];
}

/** Whole pixels, inside the picture, at least one. */
export function boxInPx([x, y, w, h]: Box, { width, height }: FrameGeometry): BoxPx {
  const left = clamp(Math.floor(x * width), 0, width - 1);
  const top = clamp(Math.floor(y * height), 0, height - 1);
  const right = clamp(Math.ceil((x + w) * width), left + 1, width);
  const bottom = clamp(Math.ceil((y + h) * height), top + 1, height);
  return [left, top, right - left, bottom - top];
}

export function areaOf([, , w, h]: Box): number {
  return Math.max(0, w) * Math.max(0, h);
}

export function middleOf([x, y, w, h]: Box): Point {
  return [x + w / 2, y + h / 2];
}

export function sharedArea([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const w = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const h = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Intersection over union, 0..1. */
export function overlap(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  return shared === 0 ? 0 : shared / (areaOf(a) + areaOf(b) - shared);
}

/** How much of `inner` lies in `outer`, 0..1. */
export function shareIn(inner: Box, outer: Box): number {
  const area = areaOf(inner);
  return area === 0 ? 0 : sharedArea(inner, outer) / area;
}

export function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

/** Larger by a part of its own size on every side. */
export function grown([x, y, w, h]: Box, by: number): Box {
  return [x - w * by, y - h * by, w * (1 + 2 * by), h * (1 + 2 * by)];
}

export function moved([x, y, w, h]: Box, dx: number, dy: number): Box {
  return [x + dx, y + dy, w, h];
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
