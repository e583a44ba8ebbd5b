/**
 * Picture: what a broken camera makes of the porch, painted over the finished frame.
 *
 * Deterministic: the same frame of the same porch time gives the same bytes.
 */
import type { I420, Plane } from "../../frame.ts";
import { hash } from "../porch/math.ts";
import { blur } from "./blur.ts";
import type { PictureFault } from "./list.ts";

const [black, white, noColour] = [16, 235, 128] as const;
/** Part of the picture's width by which a bumped camera looks beside. */
const movedFrac = 0.06;
/** Night with the filter still before the sensor: little of the light is left, and all of its colour. */
const nightGain = 0.3;
/** The light sensor sees its own lamp: to and fro this fast. */
const flapMs = 1_500;

/** `frozen` is done by whoever renders: the same porch time again. */
export function paintFault(fault: PictureFault, picture: I420, tMs: number): void {
  switch (fault) {
    case "frozen":
      return;
    case "defocused":
      return planesOf(picture).forEach(blur);
    case "covered":
      return cover(picture, tMs);
    case "dark":
      return expose(picture, 1 / 24);
    case "blown-out":
      return expose(picture, 7);
    case "grey":
      return bleach(picture);
    case "flapping":
      return Math.floor(tMs / flapMs) % 2 === 1 ? bleach(picture) : undefined;
    case "unswitched":
      return expose(picture, nightGain);
    case "moved":
      return planesOf(picture).forEach(shift);
  }
}

function planesOf({ y, u, v }: I420): Plane[] {
  return [y, u, v];
}

function expose({ y, u, v }: I420, gain: number): void {
  const table = Uint8Array.from({ length: 256 }, (_, level) =>
    Math.min(white, Math.max(black, Math.round(black + (level - black) * gain))),
  );
  for (let i = 0; i < y.data.length; i += 1) y.data[i] = table[y.data[i] ?? 0] ?? black;
  const colour = Math.min(1, gain);
  for (const { data } of [u, v])
    for (let i = 0; i < data.length; i += 1)
      data[i] = Math.round(noColour + ((data[i] ?? noColour) - noColour) * colour);
}

function bleach({ u, v }: I420): void {
  u.data.fill(noColour);
  v.data.fill(noColour);
}

/** A thumb before the lens: nothing but a dull glow and the sensor's grain. */
function cover({ y, u, v }: I420, tMs: number): void {
  let state = hash(0xc0e4, Math.round(tMs * 8));
  for (let i = 0; i < y.data.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    y.data[i] = 26 + (state >>> 30);
  }
  u.data.fill(noColour - 4);
  v.data.fill(noColour + 10);
}

/** To the left; what comes in at the right is the last column. */
function shift({ data, stride, width, height }: Plane): void {
  const by = Math.round(width * movedFrac);
  for (let row = 0; row < height * stride; row += stride) {
    data.copyWithin(row, row + by, row + width);
    data.fill(data[row + width - by - 1] ?? 0, row + width - by, row + width);
  }
}
