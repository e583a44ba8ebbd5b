/**
 * Scene: the masked picture as some thousand patches, and where two of them differ.
 *
 * Compared is the contrast of a patch with its neighbours (as motion does, daemon/eye/motion/contrast.ts), after the later
 * picture was brought to the gain of the earlier one: an even change of light, a slope of it and soft shadows cancel out; a
 * thing that was put down shows by its outline.
 */
import type { Box } from "./box.ts";

export interface Scene {
  readonly cols: number;
  readonly rows: number;
  /** Mean luma of each patch, row by row. */
  readonly luma: Float32Array;
  /** 1 = the whole patch may be seen. */
  readonly visible: Uint8Array;
}

/** Contrast of the outline of a thing, at least (a patch beside its four neighbours, in levels of luma). */
const leastChange = 22;
/** And at least this part of the contrast that was or is there: a gain that is not quite even. */
const leastPart = 0.3;
/** Brighter or darker than this, nothing can be compared. */
const gains = [0.5, 2] as const;

/** 1 per patch that differs; null = the light is another one, nothing can be said. */
export function differing(before: Scene, now: Scene): Uint8Array | null {
  const gain = gainOf(before, now);
  if (gain === null) return null;
  const { cols, rows } = before;
  const changed = new Uint8Array(cols * rows);
  for (let row = 1; row < rows - 1; row += 1) {
    for (let col = 1; col < cols - 1; col += 1) {
      const k = row * cols + col;
      if (!seenAround(before, k)) continue;
      const was = contrastAt(before, k) * gain;
      const is = contrastAt(now, k);
      const asked = Math.max(leastChange, leastPart * Math.max(Math.abs(was), Math.abs(is)));
      if (Math.abs(is - was) >= asked) changed[k] = 1;
    }
  }
  return changed;
}

/** How alike two scenes are in a box: correlation of their contrasts, -1..1; 0 where there is none. */
export function likeness(a: Scene, b: Scene, box: Box): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (const k of patchesIn(a, box)) {
    if (!seenAround(a, k)) continue;
    const [x, y] = [contrastAt(a, k), contrastAt(b, k)];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/** `to`, with what `from` shows in a box. */
export function patched(to: Scene, from: Scene, box: Box): Scene {
  const luma = Float32Array.from(to.luma);
  const gain = gainOf(from, to) ?? 1;
  for (const k of patchesIn(to, box)) luma[k] = (from.luma[k] ?? 0) * gain;
  return { ...to, luma };
}

export function patchesIn({ cols, rows }: Pick<Scene, "cols" | "rows">, [x, y, w, h]: Box): number[] {
  const [c0, c1] = [Math.max(1, Math.floor(x * cols)), Math.min(cols - 2, Math.ceil((x + w) * cols) - 1)];
  const [r0, r1] = [Math.max(1, Math.floor(y * rows)), Math.min(rows - 2, Math.ceil((y + h) * rows) - 1)];
  const found: number[] = [];
  for (let row = r0; row <= r1; row += 1)
    for (let col = c0; col <= c1; col += 1) found.push(row * cols + col);
  return found;
}

/** The usual ratio of brightness where both are neither black nor blown out. */
function gainOf(before: Scene, now: Scene): number | null {
  const ratios: number[] = [];
  for (let k = 0; k < before.luma.length; k += 7) {
    const [was, is] = [before.luma[k] ?? 0, now.luma[k] ?? 0];
    if (before.visible[k] === 1 && was > 20 && was < 240 && is > 8 && is < 245) ratios.push(is / was);
  }
  if (ratios.length === 0) return 1;
  const gain = ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? 1;
  return gain >= gains[0] && gain <= gains[1] ? gain : null;
}

function contrastAt({ cols, luma }: Scene, k: number): number {
  const beside = (luma[k - 1] ?? 0) + (luma[k + 1] ?? 0) + (luma[k - cols] ?? 0) + (luma[k + cols] ?? 0);
  return 4 * (luma[k] ?? 0) - beside;
}

function seenAround({ cols, visible }: Scene, k: number): boolean {
  return (
    visible[k] === 1 &&
    visible[k - 1] === 1 &&
    visible[k + 1] === 1 &&
    visible[k - cols] === 1 &&
    visible[k + cols] === 1
  );
}
