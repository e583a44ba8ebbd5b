/**
 * Cover: does a body come before the scene, so near that it has no outline to follow?
 *
 * Somebody right at the lens moves several cells between two pictures and may be as plain as a dark
 * coat: cells neither overlap nor stir for long. But he takes the scene's pattern away and puts
 * another brightness there, while light of any kind leaves the pattern, brighter or darker. So: cells
 * whose pattern is gone and whose brightness differs, on a good part of the picture, more in
 * several steps within a second. Switches (lamp, day to night) come in one step, branches keep
 * their brightness, shadows keep the pattern.
 */
import { placeOf, type KernelMemory } from "./kernel/memory.ts";
import { octaves } from "./octaves.ts";
import type { Tuning } from "./tuning.ts";

/** What evidence.ts leaves per cell. */
export type Scene = Pick<KernelMemory, "shape" | "luma" | "both" | "was">;

export interface Cover {
  /** Per cell, how much pattern is gone, as evidence; 0: none, or there was none to see. */
  readonly gone: Uint8Array;
  /** Per cell, its luma when its pattern was last seen. */
  readonly usual: Float32Array;
  /** areas[p][b]: cells of at least 4 b in the p-th last picture. */
  readonly areas: readonly Uint16Array[];
}

const bins = 64;

export function emptyCover(cells: number, { tuning, fps }: { tuning: Tuning; fps: number }): Cover {
  const pictures = 1 + Math.max(3, Math.round((tuning.coverMs * fps) / 1_000));
  return {
    gone: new Uint8Array(cells),
    usual: new Float32Array(cells),
    areas: Array.from({ length: pictures }, () => new Uint16Array(bins)),
  };
}

/** Takes one picture; the evidence at which a body covers the scene, 0 for none. */
export function cover(state: Cover, scene: Scene, tuning: Tuning): number {
  const { gone, areas } = state;
  for (let p = areas.length - 1; p > 0; p -= 1) areas[p]?.set(areas[p - 1] ?? []);
  const now = areas[0];
  if (now === undefined) return 0;
  now.fill(0);
  findGone(state, scene, tuning);
  for (const level of gone) if (level > 0) now[level >> 2] = (now[level >> 2] ?? 0) + 1;
  for (let b = bins - 2; b >= 0; b -= 1) now[b] = (now[b] ?? 0) + (now[b + 1] ?? 0);
  const enough = gone.length * tuning.coverFrac;
  let level = 0;
  for (let b = bins - 1; b > 0; b -= 1) {
    const then = areas[areas.length - 1]?.[b] ?? 0;
    const most = Math.max(now[b] ?? 0, then);
    if (most < enough || !inSteps(areas, b, tuning)) continue;
    // The larger the area, the less each cell needs: 4 steps less for every doubling.
    level = Math.max(level, 4 * b + (octaves(most / enough - 1) >> 2));
  }
  return level;
}

/** Much of the area came (or went) just now, and no single picture brought most of that. */
function inSteps(areas: readonly Uint16Array[], b: number, tuning: Tuning): boolean {
  const now = areas[0]?.[b] ?? 0;
  const then = areas[areas.length - 1]?.[b] ?? 0;
  const changed = Math.abs(now - then);
  if (changed < Math.max(now, then) * tuning.coverNewFrac) return false;
  const way = now > then ? 1 : -1;
  let largest = 0;
  for (let p = 1; p < areas.length; p += 1) {
    const step = way * ((areas[p - 1]?.[b] ?? 0) - (areas[p]?.[b] ?? 0));
    if (step > largest) largest = step;
  }
  return largest <= changed * tuning.coverStepFrac;
}

function findGone({ gone, usual }: Cover, scene: Scene, tuning: Tuning): void {
  const { shape, luma } = scene;
  const { lumaOffset, coverRatio, coverBlown } = tuning;
  let k = 0;
  for (let row = 0; row < shape.rows; row += 1) {
    const from = placeOf(shape, 0, row);
    for (let at = from; at < from + shape.cols; at += 1) {
      const now = luma[at] ?? 0;
      const was = usual[k] ?? 0;
      const light = now + lumaOffset;
      const lightWas = was === 0 ? light : was + lumaOffset;
      const same = light < lightWas * coverRatio && lightWas < light * coverRatio;
      const missing = same || light > coverBlown ? 0 : missingAt(scene, at, light / lightWas);
      gone[k] = missing;
      if (missing === 0) usual[k] = was === 0 ? now : was + (now - was) / 8;
      k += 1;
    }
  }
}

/** The pattern of a cell and its neighbours: what is missing of it, in units of the noise. */
function missingAt({ shape, both, was }: Scene, at: number, ratio: number): number {
  let fit = 0;
  let norm = 0;
  for (let row = at - shape.stride; row <= at + shape.stride; row += shape.stride) {
    for (let i = row - 1; i <= row + 1; i += 1) {
      fit += both[i] ?? 0;
      norm += was[i] ?? 0;
    }
  }
  const least = norm * Math.min(1, ratio);
  if (norm === 0 || fit > 0.5 * least) return 0;
  return octaves(((least - fit) * (least - fit)) / (9 * norm));
}
