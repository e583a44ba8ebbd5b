/**
 * Analyse: patch sums of one picture in, evidence and worth per cell out. Knows no setting.
 */
import { emptyBackground, learn, learnFirst, ratesOf, settle, type Background } from "./background.ts";
import { spread } from "./cells.ts";
import { contrastOf, lumaOf } from "./contrast.ts";
import { emptyEvidence, weigh, type Evidence } from "./evidence.ts";
import type { Grid } from "../../sight/grid.ts";
import { emptyJudge, judge, judgePlan, type Judge } from "./judge.ts";
import { emptyOccupancy, occupy, patienceOf, type Occupancy } from "./occupancy.ts";
import type { Tuning } from "./tuning.ts";

/** Everything that one picture leaves for the next. */
export interface AnalysisState {
  readonly background: Background;
  readonly occupancy: Occupancy;
  readonly judge: Judge;
  /** Contrasts of the latest pictures, a ring: picture n is at n % length. */
  readonly recent: readonly Float32Array[];
}

export interface Analyser {
  readonly state: AnalysisState;
  readonly evidence: Evidence;
  /** True once the warm-up is over; until then evidence and worth are 0. */
  take(patches: Uint16Array): boolean;
}

export interface AnalyserOptions {
  readonly grid: Grid;
  /** Rate of the pictures that are taken. */
  readonly fps: number;
  readonly tuning: Tuning;
  /** 1 per patch that may be judged. */
  readonly visible: Uint8Array;
}

export function createAnalyser({ grid, fps, tuning, visible }: AnalyserOptions): Analyser {
  const cells = grid.cols * grid.rows;
  const patches = grid.patchCols * grid.patchRows;
  const count = (ms: number): number => Math.max(1, Math.round((ms * fps) / 1_000));
  const warmUp = Math.max(3, Math.ceil((tuning.warmUpMs * fps) / 1_000));
  const lag = count(tuning.stirMs);

  const background = emptyBackground(grid);
  const state: AnalysisState = {
    background,
    occupancy: emptyOccupancy(cells),
    judge: emptyJudge(grid, { tuning, fps }),
    recent: Array.from({ length: lag }, () => new Float32Array(patches)),
  };
  const plan = {
    grid,
    tuning,
    visible,
    rates: ratesOf(tuning, fps),
    patience: patienceOf(tuning, fps),
    model: background,
  };
  const judging = judgePlan(grid, { tuning, fps });
  const evidence = emptyEvidence(grid);
  const luma = new Float32Array(cells);
  const contrast = new Float32Array(patches);
  const near = { change: new Uint8Array(cells), stir: new Uint8Array(cells) };
  const scratch = new Uint8Array(cells);

  function take(sums: Uint16Array): boolean {
    const before = state.recent[background.pictures % lag] ?? contrast;
    contrastOf(sums, grid, contrast);
    lumaOf(sums, grid, luma);
    if (background.pictures < warmUp) {
      learnFirst(background, contrast, luma);
      if (background.pictures === warmUp) settle(background, plan);
      before.set(contrast);
      return false;
    }
    weigh(evidence, { contrast, before, luma }, plan);
    judge(state.judge, evidence, judging);
    spread(evidence.change, grid, { to: near.change, scratch });
    spread(evidence.stir, grid, { to: near.stir, scratch });
    occupy(state.occupancy, near, plan);
    learn(background, { contrast, luma, gain: evidence.gain, occupied: state.occupancy.occupied }, plan);
    before.set(contrast);
    return true;
  }

  return { state, evidence, take };
}
