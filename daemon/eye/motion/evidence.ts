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
import { patchesPerCell, type Grid } from "../../sight/grid.ts";
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
  /** Room for sums over columns. */
  readonly columns: Float64Array;
}

export function emptyEvidence({ cols, rows }: Grid): Evidence {
  const cells = cols * rows;
  const sums = (): Float32Array => new Float32Array(cells);
  return {
    change: new Uint8Array(cells),
    stir: new Uint8Array(cells),
    gain: sums().fill(1),
    now: sums(),
    both: sums(),
    was: sums(),
    moved: sums(),
    columns: new Float64Array(4 * (cols + 2)),
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
  const { change, stir, gain, now, both, was, moved, columns } = evidence;
  const { cols, rows } = grid;
  const { gainPrior, gainSlack, lumaOffset } = tuning;
  for (let row = 0; row < rows; row += 1) {
    sumColumns(columns, row, { evidence, look, model, grid });
    for (let col = 0; col < cols; col += 1) {
      // columns has one empty column before the first and one after the last.
      const c = col * 4;
      const fit = (columns[c] ?? 0) + (columns[c + 4] ?? 0) + (columns[c + 8] ?? 0);
      const norm = (columns[c + 1] ?? 0) + (columns[c + 5] ?? 0) + (columns[c + 9] ?? 0);
      const light = (columns[c + 2] ?? 0) + (columns[c + 6] ?? 0) + (columns[c + 10] ?? 0);
      const lightWas = (columns[c + 3] ?? 0) + (columns[c + 7] ?? 0) + (columns[c + 11] ?? 0);
      const ratio = (light + lumaOffset) / (lightWas + lumaOffset);
      const best = (fit + gainPrior * ratio) / (norm + gainPrior);
      const least = ratio / gainSlack;
      const most = ratio * gainSlack;
      const scale = best < least ? least : best > most ? most : best;
      const k = row * cols + col;
      const square = scale * scale;
      // A brighter picture is noisier in proportion.
      const noise = square > 1 ? patches * square : patches;
      const rest = (now[k] ?? 0) - 2 * scale * (both[k] ?? 0) + square * (was[k] ?? 0);
      gain[k] = scale;
      change[k] = octaves(rest > 0 ? rest / noise : 0);
      stir[k] = octaves((moved[k] ?? 0) / (2 * noise));
    }
  }
}

/** Per column, what the gain of `row` is fitted to: sums over the row, the one above and below. */
function sumColumns(columns: Float64Array, row: number, { evidence, look, model, grid }: ColumnPlan): void {
  const { both, was } = evidence;
  const { cols, rows } = grid;
  const first = (row > 0 ? row - 1 : 0) * cols;
  const end = (row < rows - 1 ? row + 2 : rows) * cols;
  columns.fill(0);
  for (let start = first; start < end; start += cols) {
    let c = 4;
    for (let k = start; k < start + cols; k += 1) {
      columns[c] = (columns[c] ?? 0) + (both[k] ?? 0);
      columns[c + 1] = (columns[c + 1] ?? 0) + (was[k] ?? 0);
      columns[c + 2] = (columns[c + 2] ?? 0) + (look.luma[k] ?? 0);
      columns[c + 3] = (columns[c + 3] ?? 0) + (model.luma[k] ?? 0);
      c += 4;
    }
  }
}

interface ColumnPlan {
  readonly evidence: Evidence;
  readonly look: Look;
  readonly model: Background;
  readonly grid: Grid;
}

export interface WeighPlan {
  readonly model: Background;
  readonly grid: Grid;
  readonly tuning: Tuning;
}

function sumCells(sums: Evidence, { contrast, before }: Look, { model, grid }: SumPlan): void {
  const { now, both, was, moved } = sums;
  const { mean, weight } = model;
  const { rows, patchCols } = grid;
  let cell = 0;
  for (let row = 0; row < rows; row += 1) {
    const start = row * patchesPerCell * patchCols;
    for (let corner = start; corner < start + patchCols; corner += patchesPerCell) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let line = corner; line < corner + patchesPerCell * patchCols; line += patchCols) {
        for (let i = line; i < line + patchesPerCell; i += 1) {
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
      }
      now[cell] = a;
      both[cell] = b;
      was[cell] = c;
      moved[cell] = d;
      cell += 1;
    }
  }
}

interface SumPlan {
  readonly model: Background;
  readonly grid: Grid;
}
