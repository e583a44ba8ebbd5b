/**
 * Analyse: patch sums of one picture in, evidence and worth per cell out. Knows no setting.
 */
import { learnFirst, settle, turns } from "./background.ts";
import type { Grid } from "../../sight/grid.ts";
import { emptyJudge, forget, judge, judgePlan, type Judge } from "./judge.ts";
import { createKernel, type Kernel, type KernelKind } from "./kernel/kernel.ts";
import { placeOf, placeOfPatch, type KernelArrays, type KernelMemory } from "./kernel/memory.ts";
import { emptyOccupancy, occupy, patienceOf, type Occupancy } from "./occupancy.ts";
import { emptySwitch, switched, type Switch } from "./switch.ts";
import type { Tuning } from "./tuning.ts";
import { shownCells } from "./visible.ts";

/** Everything that one picture leaves for the next. */
export interface AnalysisState {
  /** Pictures taken so far, and since everything was last learnt from the start. */
  pictures: number;
  learnt: number;
  readonly switch: Switch;
  readonly background: Pick<KernelArrays, "mean" | "variance" | "weight" | "lumaWas" | "texture">;
  readonly occupancy: Occupancy;
  readonly judge: Judge;
  /** Contrasts of the latest pictures, a ring: picture n is at n % length. */
  readonly recent: readonly Float32Array[];
}

export interface Analyser {
  readonly state: AnalysisState;
  readonly kernel: Kernel;
  /** Takes the picture whose patch sums are in the kernel's memory. Nothing is worth anything in the warm-up. */
  take(): void;
}

export interface AnalyserOptions {
  readonly grid: Grid;
  /** Rate of the pictures that are taken. */
  readonly fps: number;
  readonly tuning: Tuning;
  /** 1 per patch that may be judged. */
  readonly visible: Uint8Array;
  readonly kernel?: KernelKind | undefined;
}

/** Arrays of a byte per cell that judging may take of the kernel's memory. */
const spareBytes = 64;

export function createAnalyser({ grid, fps, tuning, visible, kernel: kind }: AnalyserOptions): Analyser {
  const cells = grid.cols * grid.rows;
  const warmUp = Math.max(3, Math.ceil((tuning.warmUpMs * fps) / 1_000));
  const slots = 1 + Math.max(1, Math.round((tuning.stirMs * fps) / 1_000));
  const spare = { bytes: spareBytes, patches: slots };
  const kernel = createKernel({ grid, tuning, fps, spare, kind });
  const { memory } = kernel;
  showVisible(memory, grid, visible);

  const { mean, variance, weight, lumaWas, texture } = memory;
  const state: AnalysisState = {
    pictures: 0,
    learnt: 0,
    switch: emptySwitch(),
    background: { mean, variance, weight, lumaWas, texture },
    occupancy: emptyOccupancy(cells),
    judge: emptyJudge(memory.bytes, { tuning, fps }),
    recent: Array.from({ length: slots }, memory.patches),
  };
  const judging = judgePlan(memory.bytes, { ops: kernel, shown: shownCells(grid, visible), tuning, fps });
  const occupying = { tuning, patience: patienceOf(tuning, fps) };
  const switching = { tuning, fps, lag: slots - 1 };
  const near = { change: memory.bytes(), stir: memory.bytes() };
  const none = new Float32Array(0);

  function take(): void {
    const n = state.pictures;
    const contrast = state.recent[n % slots] ?? none;
    const before = state.recent[(n + 1) % slots] ?? none;
    state.pictures += 1;
    kernel.contrast(contrast);
    if (state.learnt < warmUp) {
      state.learnt += 1;
      learnFirst(memory, contrast, state.learnt);
      if (state.learnt === warmUp) settle(memory, tuning);
      return;
    }
    kernel.weigh(contrast, before);
    if (switched(state.switch, memory.stir, switching)) {
      state.learnt = 0;
      texture.fill(0);
      forget(state.judge);
      return;
    }
    judge(state.judge, memory, judging);
    kernel.spread(memory.change, near.change);
    kernel.spread(memory.stir, near.stir);
    occupy(state.occupancy, near, occupying);
    slowDown(memory, state.occupancy.occupied);
    kernel.learn(contrast, state.pictures % turns);
  }

  return { state, kernel, take };
}

/** `visible` per patch, row by row, into its planes. */
function showVisible({ shape, visible }: KernelMemory, grid: Grid, shown: Uint8Array): void {
  for (let row = 0; row < grid.patchRows; row += 1) {
    for (let col = 0; col < grid.patchCols; col += 1) {
      visible[placeOfPatch(shape, col, row)] = shown[row * grid.patchCols + col] ?? 0;
    }
  }
}

/** Occupied cells are learnt slowly. */
function slowDown({ shape, slow }: KernelMemory, occupied: Uint8Array): void {
  for (let row = 0; row < shape.rows; row += 1) {
    const first = placeOf(shape, 0, row);
    for (let col = 0; col < shape.cols; col += 1) slow[first + col] = occupied[row * shape.cols + col] ?? 0;
  }
}
