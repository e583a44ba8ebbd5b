/**
 * Scenes for the motion tests: a luma for every pixel and frame, masked and fed frame by frame.
 *
 * Every value is a hash of its place and time: same scene, same bytes.
 */
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import { createMotion, type Motion, type MotionResult } from "../../../../daemon/eye/motion/motion.ts";
import type { KernelKind } from "../../../../daemon/eye/motion/kernel/kernel.ts";
import type { MotionSettings } from "../../../../daemon/sight/zones.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import type { MaskedFrame, RawFrame } from "../../../../hal/frame.ts";

export type Luma = (x: number, y: number, frame: number) => number;

export interface Show {
  readonly luma: Luma;
  readonly frames: number;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly settings?: MotionSettings;
  readonly policy?: MaskShape;
  /** Bytes of a row beyond the picture's width. */
  readonly padding?: number;
  readonly kernel?: KernelKind;
}

export const defaults: MotionSettings = { sensitivity: 50, zones: [] };

/** 0..1, the same for the same numbers. */
export function hash(a: number, b: number, c: number): number {
  let h =
    Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b) ^ Math.imul(c + 0x165667b1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296;
}

/** About normal, deviation 1. */
export function noise(x: number, y: number, frame: number): number {
  return (hash(x, y, 3 * frame) + hash(x, y, 3 * frame + 1) + hash(x, y, 3 * frame + 2) - 1.5) * 2;
}

/** A wall of stones: blocks of random brightness around 110. */
export function wall(x: number, y: number, seed = 1): number {
  return 80 + 60 * hash(Math.floor(x / 11), Math.floor(y / 7), seed);
}

/** The wall with sensor noise: nobody there. */
export const empty: Luma = (x, y, frame) => wall(x, y) + 2 * noise(x, y, frame);

export function motionFor(show: Show): Motion {
  const { width = 320, height = 180, fps = 15, settings = defaults, policy = wholePicture } = show;
  const visible = rasteriseOpening({ width, height }, policy).luma;
  return createMotion({ width, height, fps, settings, visible, kernel: show.kernel });
}

/** What motion said, frame by frame. */
export function play(show: Show, motion: Motion = motionFor(show)): Omit<MotionResult, "cells">[] {
  return Array.from(maskedFrames(show), (frame) => {
    const { cells: _cells, ...said } = motion.handle(frame);
    return said;
  });
}

/** The show's pictures behind its mask, in one memory: lent until the next. */
export function* maskedFrames(show: Show): Generator<MaskedFrame> {
  const { width = 320, height = 180, policy = wholePicture, frames } = show;
  const masker = createMasker(rasteriseOpening({ width, height }, policy));
  const memory = createPlainMemory(width, height);
  for (let frame = 0; frame < frames; frame += 1) yield masker.apply(picture(show, frame), memory);
}

function picture({ luma, width = 320, height = 180, padding = 0 }: Show, frame: number): RawFrame {
  const stride = width + padding;
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * stride + x] = Math.max(0, Math.min(255, Math.round(luma(x, y, frame))));
    }
  }
  const [cw, ch] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const chroma = { data: new Uint8Array(cw * ch), stride: cw, width: cw, height: ch };
  const y = { data, stride, width, height };
  return { width, height, y, u: chroma, v: chroma, ptsUs: frame * 66_667, sequence: frame };
}

/** Frames on which motion was seen. */
export function fired(results: readonly { readonly motion: boolean }[]): number[] {
  return results.flatMap(({ motion }, frame) => (motion ? [frame] : []));
}
