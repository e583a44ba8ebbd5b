/**
 * Records: what the motion journal says, in order, as its readers see it.
 *
 * A level per cell (../levels.ts) and the time of every frame, and what else an event depends on: when
 * a camera's session began, under which settings it was judged, presses, its end. From these alone any
 * zones and sensitivities can be judged again, exactly as the eye would have (../verdict.ts,
 * ../machine.ts). No picture can be made of them: cells are a 48th of the width, masked ones are absent.
 */
import type { Grid } from "../grid.ts";
import type { Light, MotionSettings } from "../zones.ts";

export interface JournalSession {
  /** Wall time of its first frame. */
  readonly wallMs: number;
  readonly grid: Pick<Grid, "width" | "height" | "cols" | "rows">;
  readonly fps: number;
  /** As the eye judged it: polygons in fractions of the picture that was judged. */
  readonly settings: MotionSettings;
}

/** Lent until the visitor returns. */
export interface JournalFrame {
  readonly ptsUs: number;
  readonly wallMs: number;
  readonly light: Light;
  /** Per cell, row by row; 0 where masked. */
  readonly levels: Uint8Array;
  /** No level above 0. */
  readonly quiet: boolean;
}

export interface JournalGap {
  readonly fromWallMs: number;
  readonly toWallMs: number;
  /** In words. */
  readonly why: string;
}

export interface JournalVisitor {
  session?(session: JournalSession): void;
  settings?(wallMs: number, settings: MotionSettings): void;
  frame?(frame: JournalFrame): void;
  press?(ptsUs: number, wallMs: number): void;
  /** The machine's "end" input. */
  end?(ptsUs: number, reason: "camera-lost" | "stopped"): void;
  gap?(gap: JournalGap): void;
}

export interface JournalSpan {
  readonly fromWallMs: number;
  readonly toWallMs: number;
}
