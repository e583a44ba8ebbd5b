/**
 * Scene: the masked picture as some thousand patches, and where two of them differ.
 *
 * They differ where the pattern of a small window is another one (windows.ts), after the later picture was brought to the
 * gain of the earlier one: clouds, soft shadows and a sun that comes and goes cancel out. How alike a place is, is asked of
 * the contrast of its patches with their neighbours (as motion does, daemon/eye/motion/contrast.ts).
 */
import type { Box } from "./box.ts";
import { unexplained, windowsOf, type Windows } from "./windows.ts";

export interface Scene {
  readonly cols: number;
  readonly rows: number;
  /** Mean luma of each patch, row by row. */
  readonly luma: Float32Array;
  /** 1 = the whole patch may be seen. */
  readonly visible: Uint8Array;
}

/** What no change of the light explains, in levels of luma: at least so much of it is a thing. */
const leastChange = 9;
/** Brighter or darker than this, nothing can be compared. */
const gains = [0.5, 2] as const;

/** 1 per patch that differs; null = the light is another one, nothing can be said. */
export function differing(before: Scene, now: Scene): Uint8Array | null {
  const gain = gainOf(before, now);
  if (gain === null) return null;
  const rest = unexplained(knownWindows(before), now.luma, gain);
  const marks = new Uint8Array(rest.length);
  for (let k = 0; k < rest.length; k += 1) if ((rest[k] as number) >= leastChange) marks[k] = 1;
  return marks;
}

/** Every second another scene is compared with the same one. */
const known = new WeakMap<Scene, Windows>();

function knownWindows(scene: Scene): Windows {
  const windows = known.get(scene) ?? windowsOf(scene);
  known.set(scene, windows);
  return windows;
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

/** `to`, with what `from` shows in a box, in the light that `to` has there. */
export function patched(to: Scene, from: Scene, box: Box): Scene {
  const luma = Float32Array.from(to.luma);
  const within = patchesIn(to, box);
  const gain = gainAround(within, { to, from }) ?? gainOf(from, to) ?? 1;
  for (const k of within) luma[k] = Math.min(255, (from.luma[k] ?? 0) * gain);
  return { ...to, luma };
}

/** Along the rim nothing was put down: by how much it is brighter there, it is brighter inside. A patch leaves no seam. */
function gainAround(within: readonly number[], { to, from }: { to: Scene; from: Scene }): number | null {
  const inside = new Set(within);
  const rim = within.filter((k) =>
    [k - 1, k + 1, k - to.cols, k + to.cols].some((near) => !inside.has(near)),
  );
  const sum = ({ luma, visible }: Scene): number =>
    rim.reduce((all, k) => all + (visible[k] === 1 ? (luma[k] ?? 0) : 0), 0);
  const [was, is] = [sum(from), sum(to)];
  return was > 0 && is > 0 ? is / was : null;
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
  const ratios = new Float64Array(Math.ceil(before.luma.length / 7));
  let count = 0;
  for (let k = 0; k < before.luma.length; k += 7) {
    const [was, is] = [before.luma[k] ?? 0, now.luma[k] ?? 0];
    if (before.visible[k] === 1 && was > 20 && was < 240 && is > 8 && is < 245) {
      ratios[count] = is / was;
      count += 1;
    }
  }
  if (count === 0) return 1;
  const gain = ratios.subarray(0, count).sort()[count >> 1] ?? 1;
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
