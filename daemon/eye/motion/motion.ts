/**
 * Motion: has the luma changed enough, inside a zone, to be worth waking the rest?
 *
 * luma -> patches (reduce) -> evidence against the background (analyse) -> judge -> verdict.
 * A pure function of the pictures in order, the geometry and the settings: no clock, no
 * randomness, exact arithmetic. Settings are only compared at the very end (verdict.ts).
 * README.md has the method, what it was measured on and what was rejected.
 */
import { assert } from "../../../hal/fault.ts";
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";
import { createAnalyser, type AnalysisState } from "./analyse.ts";
import { gridOf, type Grid } from "../../sight/grid.ts";
import type { KernelKind } from "./kernel/kernel.ts";
import type { CellEvidence } from "./judge.ts";
import { createLightMeter } from "./light.ts";
import { latticeOf, reduceLuma } from "./reduce.ts";
import { tuning } from "./tuning.ts";
import { levelOfEvidence } from "../../sight/levels.ts";
import { quiet, verdictOf, type Verdict } from "../../sight/verdict.ts";
import { visiblePatches } from "./visible.ts";
import { seerOf, type PirSays, type Seer } from "../../sight/fusion.ts";
import { zonesInForce, type Light, type MotionSettings } from "../../sight/zones.ts";

export interface MotionOptions extends FrameGeometry {
  /** Nominal rate. From 23 a second on only every n-th frame is analysed, about 15 a second. */
  readonly fps: number;
  readonly settings: MotionSettings;
  /** The mask's opening for luma. Without it the seam of a mask may fire when the light changes. */
  readonly visible?: PlaneSpans | undefined;
  /** Absent = the quickest that runs here; all give the same results (kernel/README.md). */
  readonly kernel?: KernelKind | undefined;
}

export interface MotionResult extends Verdict {
  /** Change and stir per cell (row by row, `grid.cols` wide), lent until the next frame. */
  readonly cells: CellEvidence;
  /** What each cell is worth (daemon/sight/levels.ts), lent until the next frame. */
  readonly levels: Uint8Array;
  /** How bright it is, and what by (light.ts). */
  readonly light: Light;
  /** What the picture says by itself. */
  readonly alone: Verdict;
  /** The PIR says that something warm moves. */
  readonly warm: boolean;
  /** Who sees it, where it is motion. */
  readonly seer: Seer;
  /** False: this frame was not analysed and repeats the result before it. */
  readonly analysed: boolean;
}

export interface Motion {
  readonly grid: Grid;
  readonly kernel: KernelKind;
  /** Plain typed arrays: all that one frame leaves for the next. */
  readonly state: AnalysisState;
  /**
   * `minute` of the local day for rules that ask for one; null = not known, and they do not hold. `pir`: what it
   * says at this frame; absent = there is none that can be asked.
   * Throws Fault `bug` when the frame's size is not the one that motion was made for.
   */
  handle(frame: MaskedFrame, minute?: number | null, pir?: PirSays): MotionResult;
  /** Other settings from the next frame on; what was learnt stays. */
  retune(settings: MotionSettings): void;
}

/** Throws Fault `bug` for a size or a rate that no picture has. */
export function createMotion(options: MotionOptions): Motion {
  assertGeometry(options);
  const grid = gridOf(options);
  const lattice = latticeOf(grid);
  const every = Math.max(1, Math.round(options.fps / tuning.analysedFps));
  const visible = visiblePatches(lattice, options.visible);
  const analyser = createAnalyser({
    grid,
    fps: options.fps / every,
    tuning,
    visible,
    kernel: options.kernel,
  });
  const { change, stir } = analyser.kernel.memory;
  const cells: CellEvidence = { change, stir };
  const levels = new Uint8Array(grid.cols * grid.rows);
  const meter = createLightMeter(options, options.fps / every);
  let zones = zonesInForce(grid, options.settings);
  let plain = zonesInForce(grid, options.settings);
  let verdict = quiet;
  let alone = quiet;
  let seer: Seer = "picture";
  let warm = false;
  let frames = 0;

  function handle(frame: MaskedFrame, minute: number | null = null, pir?: PirSays): MotionResult {
    const analysed = frames % every === 0;
    frames += 1;
    if (analysed) {
      meter.look(frame);
      reduceLuma(frame.y, lattice, analyser.kernel.memory);
      analyser.take();
      weighCells();
      verdict = verdictOf(levels, grid, zones({ light: meter.light, minute, pir }));
      const isAsked = pir !== undefined && pir !== "unknown";
      alone = isAsked ? verdictOf(levels, grid, plain({ light: meter.light, minute })) : verdict;
      warm = pir === "moved";
      seer = seerOf(verdict.pictured, pir ?? "unknown");
    }
    return { ...verdict, cells, levels, light: meter.light, alone, warm, seer, analysed };
  }

  function weighCells(): void {
    const { worth } = analyser.state.judge;
    for (let k = 0; k < levels.length; k += 1) levels[k] = levelOfEvidence[worth[k] ?? 0] ?? 0;
  }

  return {
    grid,
    kernel: analyser.kernel.kind,
    state: analyser.state,
    handle,
    retune(settings) {
      zones = zonesInForce(grid, settings);
      plain = zonesInForce(grid, settings);
    },
  };
}

function assertGeometry({ width, height, fps }: MotionOptions): void {
  const sized = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  assert(
    sized && fps > 0 && fps < Infinity,
    `motion cannot look at ${width}x${height} pixels at ${fps} frames a second`,
  );
}
