/**
 * Judge again: what the eye would have said of the journal's frames under other settings.
 *
 * The same verdict and the same event machine as the live pipeline (daemon/eye/pipeline.ts), fed with the
 * same levels, times, presses and ends: verdicts and events are those of an eye that had these settings
 * all along, frame by frame (test/daemon/sight/journal/exact.test.ts). Where the journal has a hole the machine
 * begins anew, as it does with a camera that was opened again.
 */
import { patchesPerCell, type Grid } from "../grid.ts";
import { settingsInView } from "../in-view.ts";
import {
  initialMachine,
  step,
  type EventTiming,
  type MachineInput,
  type MachineState,
  type MotionState,
} from "../machine.ts";
import { seerOf, type PirSays, type Seer } from "../fusion.ts";
import { noPir, pirSaysAt, pirStep, type PirTrack } from "../pir-track.ts";
import type { Moment } from "../rules.ts";
import { briefVerdictOf, quiet, verdictOf, type Verdict } from "../verdict.ts";
import { pirWindowUs, zonesInForce, type MotionSettings, type ZoneCells } from "../zones.ts";
import type { JournalFrame, JournalVisitor } from "./records.ts";

export interface JudgedEvent {
  readonly startUs: number;
  readonly endUs: number;
  readonly startWallMs: number;
  readonly endWallMs: number;
  readonly score: number;
  readonly zones: readonly string[];
  readonly seer: Seer;
  readonly woke: boolean;
}

export interface JudgeOptions {
  /** As drawn, in fractions of the sensor's picture; null = those that the eye had, whenever they changed. */
  readonly settings: MotionSettings | null;
  readonly timing: EventTiming;
  /** True: verdicts have boxes, which cost the most. */
  readonly boxes: boolean;
  /** Every frame and its verdict; one that was not analysed has the verdict of the frame before. */
  readonly onFrame?: (frame: JournalFrame, verdict: Verdict) => void;
  /** Motion events as they end. */
  readonly onEvent?: (event: JudgedEvent) => void;
}

export interface Judge extends Required<
  Pick<JournalVisitor, "session" | "settings" | "frame" | "press" | "pir" | "wake" | "end">
> {
  /** Nothing more comes: ends what is open. */
  finish(): void;
}

export function judgeAgain(options: JudgeOptions): Judge {
  return new JudgedAgain(options);
}

class JudgedAgain implements Judge {
  readonly #options: JudgeOptions;
  #machine: MachineState = initialMachine;
  #grid: Grid | null = null;
  #zones: (moment: Moment) => readonly ZoneCells[] = () => [];
  /** Settings changed: judged by them from the next analysed frame on. */
  #retuned = false;
  #verdict: Verdict = quiet;
  #seer: Seer = "picture";
  #pir: PirTrack = noPir;
  #windowUs = 0;
  /** As the verdict was made by. */
  #pirSaid: PirSays = "unknown";
  #lastUs = 0;
  #wallMs = 0;
  /** Wall time of the motion event that is open. */
  #startWallMs = 0;
  #ids = 0;

  constructor(options: JudgeOptions) {
    this.#options = options;
  }

  session: Judge["session"] = ({ grid, settings, view, pir }) => {
    this.finish();
    const { cols, rows } = grid;
    this.#grid = { ...grid, patchCols: cols * patchesPerCell, patchRows: rows * patchesPerCell };
    const asked = this.#options.settings;
    this.#tune(this.#grid, asked === null ? settings : settingsInView(asked, view));
    this.#pir = pir ?? noPir;
    this.#retuned = true;
    this.#verdict = quiet;
  };

  settings: Judge["settings"] = (_wallMs, settings) => {
    if (this.#options.settings !== null || this.#grid === null) return;
    this.#tune(this.#grid, settings);
    this.#retuned = true;
  };

  pir: Judge["pir"] = (state, atUs) => {
    this.#pir = pirStep(this.#pir, state, atUs);
  };

  wake: Judge["wake"] = (ptsUs, wallMs) => {
    this.#wallMs = wallMs;
    this.#step({ type: "wake", ptsUs });
  };

  frame: Judge["frame"] = (frame) => {
    const { onFrame } = this.#options;
    const pir = pirSaysAt(this.#pir, frame.ptsUs, this.#windowUs);
    const isOther = this.#retuned || pir !== this.#pirSaid;
    if (frame.changed || (isOther && frame.analysed)) {
      this.#verdict = this.#judge(frame, pir);
      this.#seer = seerOf(this.#verdict.pictured, pir);
      this.#pirSaid = pir;
      this.#retuned = false;
    }
    this.#lastUs = frame.ptsUs;
    this.#wallMs = frame.wallMs;
    const { motion, score, zones } = this.#verdict;
    const isIdle = this.#machine.motion === null && this.#machine.clip === null;
    if (motion || !isIdle)
      this.#step({
        type: "frame",
        ptsUs: frame.ptsUs,
        motion,
        score,
        zones,
        seer: this.#seer,
        warm: this.#pirSaid === "moved",
        held: frame.held,
      });
    onFrame?.(frame, this.#verdict);
  };

  press: Judge["press"] = (ptsUs) => {
    this.#step({ type: "press", ptsUs, event: this.#newId() });
  };

  end: Judge["end"] = (ptsUs, reason) => {
    this.#step({ type: "end", ptsUs, reason });
  };

  finish(): void {
    this.#step({ type: "end", ptsUs: this.#lastUs, reason: "stopped" });
  }

  #tune(grid: Grid, settings: MotionSettings): void {
    this.#zones = zonesInForce(grid, settings);
    this.#windowUs = pirWindowUs(settings);
  }

  #judge({ levels, quiet: isQuiet, light, minute }: JournalFrame, pir: PirSays): Verdict {
    if ((isQuiet && pir !== "moved") || this.#grid === null) return quiet;
    const zones = this.#zones({ light, minute, pir });
    return this.#options.boxes ? verdictOf(levels, this.#grid, zones) : briefVerdictOf(levels, zones);
  }

  #newId = (): string => String((this.#ids += 1));

  #step(input: MachineInput): void {
    const { state, actions } = step(this.#machine, input, {
      timing: this.#options.timing,
      newId: this.#newId,
    });
    this.#machine = state;
    for (const action of actions) {
      if (action.type === "open-event") this.#startWallMs = this.#wallMs;
      if (action.type === "close-event") this.#close(action.motion);
    }
  }

  /** The wall may have stepped since it began: an event is as long as its media time says. */
  #close({ startUs, lastUs, score, zones, seer, woke }: MotionState): void {
    const startWallMs = Math.round(this.#startWallMs);
    this.#options.onEvent?.({
      startUs,
      endUs: lastUs,
      startWallMs,
      endWallMs: Math.round(startWallMs + (lastUs - startUs) / 1_000),
      score,
      zones,
      seer,
      woke,
    });
  }
}
