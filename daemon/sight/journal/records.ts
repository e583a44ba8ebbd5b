/**
 * Records: what the motion journal says, in order, as its readers see it.
 *
 * A level per cell (../levels.ts) and the time of every frame, and what else an event depends on: when
 * a camera's session began, under which settings it was judged, presses, what the PIR said, its end. From these alone any
 * zones and sensitivities can be judged again, exactly as the eye would have (judge-again.ts).
 * No picture can be made of them: cells are a 48th of the width, masked ones are absent.
 */
import type { ViewGeometry } from "../../../hal/view.ts";
import type { Grid } from "../grid.ts";
import type { PirState, PirTrack } from "../pir-track.ts";
import type { Light, MotionSettings } from "../zones.ts";

/** Told first, and again wherever what follows does not continue what was told before. */
export interface JournalSession {
  /** Wall time of the first frame that follows. */
  readonly wallMs: number;
  readonly grid: Pick<Grid, "width" | "height" | "cols" | "rows">;
  readonly fps: number;
  /** As the eye judged it: polygons in fractions of the picture that was judged. */
  readonly settings: MotionSettings;
  /** Which part of the sensor's picture that was; absent = all. Zones are drawn on the sensor's (../in-view.ts). */
  readonly view?: ViewGeometry | undefined;
  /** The PIR at its beginning; absent = there is none that can be asked. */
  readonly pir?: PirTrack | undefined;
}

/** Lent until the visitor returns. */
export interface JournalFrame {
  readonly ptsUs: number;
  /** Within a fifth of a second of the clock, and exact from frame to frame between its steps. */
  readonly wallMs: number;
  readonly light: Light;
  /** Of the local day, as it was judged; null = not known. */
  readonly minute: number | null;
  /** Per cell, row by row; 0 where masked. */
  readonly levels: Uint8Array;
  /** No level above 0. */
  readonly quiet: boolean;
  /** False: the eye did not look at it (a fast camera), and its verdict is that of the frame before. */
  readonly analysed: boolean;
  /** Somebody was known to stand there (the machine's `held`); false in what older versions wrote. */
  readonly held: boolean;
  /** False: light, minute and levels are those of the frame before, which was told too. */
  readonly changed: boolean;
}

export interface JournalGap {
  readonly fromWallMs: number;
  readonly toWallMs: number;
  /** In words. */
  readonly why: string;
}

export interface JournalVisitor {
  session?(session: JournalSession): void;
  /** Other settings from the next analysed frame on. */
  settings?(wallMs: number, settings: MotionSettings): void;
  frame?(frame: JournalFrame): void;
  press?(ptsUs: number, wallMs: number): void;
  /** The PIR's output became another one, at that media time; it counts from the next analysed frame on. */
  pir?(state: PirState, atUs: number): void;
  /** The machine's "wake" input. */
  wake?(ptsUs: number, wallMs: number): void;
  /** The machine's "end" input. */
  end?(ptsUs: number, reason: "camera-lost" | "stopped"): void;
  gap?(gap: JournalGap): void;
}

export interface JournalSpan {
  readonly fromWallMs: number;
  readonly toWallMs: number;
}
