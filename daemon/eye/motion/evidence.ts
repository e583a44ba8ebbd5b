/**
 * Evidence: per cell, how unlike the background (change) and how unlike a moment ago (stir)?
 *
 * Both are mean squared deviations of the cell's 9 patches in units of what the noise explains, in
 * sixteenths of an octave (0..255). For change the background is first scaled by the gain that
 * fits the 3x3 cells around best, held near the ratio of their lumas: a lamp, a cloud, a shadow or
 * the camera's exposure scale contrast together with luma and leave nothing; a body in front of
 * the scene replaces it, and no gain fits.
 */
import type { Background } from "./background.ts";
import { patchesPerCell, type Grid } from "./grid.ts";
import { octaves } from "./octaves.ts";
import type { Tuning } from "./tuning.ts";

const patches = patchesPerCell * patchesPerCell;

export interface Evidence {
  readonly change: Uint8Array;
  readonly stir: Uint8Array;
  readonly gain: Float32Array;
  /** Weighted sums over a cell's patches: now^2, now*background, background^2, (now-before)^2. */
  readonly now: Float32Array;
  readonly both: Float32Array;
  readonly was: Float32Array;
  readonly moved: Float32Array;
}

export function emptyEvidence(cells: number): Evidence {
  const sums = (): Float32Array => new Float32Array(cells);
  return {
    change: new Uint8Array(cells),
    stir: new Uint8Array(cells),
    gain: sums().fill(1),
    now: sums(),
    both: sums(),
    was: sums(),
    moved: sums(),
  };
}

export interface Look {
  readonly contrast: Float32Array;
  /** Contrast of a moment ago. */
  readonly before: Float32Array;
  readonly luma: Float32Array;
}

/** Fills `evidence` from one picture and the background. */
export function weigh(evidence: Evidence, look: Look, { model, grid, tuning }: WeighPlan): void {
  sumCells(evidence, look, { model, grid });
  const { change, stir, gain, now, both, was, moved } = evidence;
  const { cols, rows } = grid;
  for (let row = 0; row < rows; row += 1) {
    const top = row > 0 ? row - 1 : 0;
    const bottom = row < rows - 1 ? row + 1 : row;
    for (let col = 0; col < cols; col += 1) {
      const left = col > 0 ? col - 1 : 0;
      const right = col < cols - 1 ? col + 1 : col;
      let fit = 0;
      let norm = 0;
      let luma = tuning.lumaOffset;
      let lumaWas = tuning.lumaOffset;
      for (let r = top; r <= bottom; r += 1) {
        for (let k = r * cols + left; k <= r * cols + right; k += 1) {
          fit += both[k] ?? 0;
          norm += was[k] ?? 0;
          luma += look.luma[k] ?? 0;
          lumaWas += model.luma[k] ?? 0;
        }
      }
      const ratio = luma / lumaWas;
      const best = (fit + tuning.gainPrior * ratio) / (norm + tuning.gainPrior);
      const scale = Math.min(ratio * tuning.gainSlack, Math.max(ratio / tuning.gainSlack, best));
      const k = row * cols + col;
      // A brighter picture is noisier in proportion.
      const noise = patches * Math.max(1, scale * scale);
      const left2 = (now[k] ?? 0) - 2 * scale * (both[k] ?? 0) + scale * scale * (was[k] ?? 0);
      gain[k] = scale;
      change[k] = octaves(Math.max(0, left2 / noise));
      stir[k] = octaves((moved[k] ?? 0) / (2 * noise));
    }
  }
}

export interface WeighPlan {
  readonly model: Background;
  readonly grid: Grid;
  readonly tuning: Tuning;
}

function sumCells(sums: Evidence, { contrast, before }: Look, { model, grid }: SumPlan): void {
  const { now, both, was, moved } = sums;
  const { mean, weight } = model;
  let i = 0;
  for (let row = 0; row < grid.patchRows; row += 1) {
    const start = row % patchesPerCell === 0;
    const first = Math.floor(row / patchesPerCell) * grid.cols;
    for (let cell = first; cell < first + grid.cols; cell += 1) {
      let a = start ? 0 : (now[cell] ?? 0);
      let b = start ? 0 : (both[cell] ?? 0);
      let c = start ? 0 : (was[cell] ?? 0);
      let d = start ? 0 : (moved[cell] ?? 0);
      for (const end = i + patchesPerCell; i < end; i += 1) {
        const w = weight[i] ?? 0;
        const h = contrast[i] ?? 0;
        const m = mean[i] ?? 0;
        const step = h - (before[i] ?? 0);
        const wm = w * m;
        a += w * h * h;
        b += wm * h;
        c += wm * m;
        d += w * step * step;
      }
      now[cell] = a;
      both[cell] = b;
      was[cell] = c;
      moved[cell] = d;
    }
  }
}

interface SumPlan {
  readonly model: Background;
  readonly grid: Grid;
}
