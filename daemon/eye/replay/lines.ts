/**
 * Lines: what `sill replay` says, one JSON object each; the shapes are a contract with programs.
 */
import type { BoxPx } from "../../../hal/geometry.ts";
import type { Label } from "../../../models/labels.ts";
import type { HappeningKind } from "../../wire/what.ts";
import type { SweepRow } from "./sweep/sweep.ts";

export interface EventLine {
  readonly type: "event";
  readonly kind: "motion" | "ring";
  readonly startMs: number;
  readonly endMs: number;
  /** Peak score; 100 is the threshold. */
  readonly score: number;
  readonly zones: readonly string[];
  /** What moved, the most certain first, and what happened; absent = no model was asked. */
  readonly what?: readonly SeenLabel[];
  readonly happenings?: readonly { readonly kind: HappeningKind; readonly atMs: number }[];
}

export interface SeenLabel {
  readonly label: Label;
  readonly score: number;
}

export interface FrameLine {
  readonly type: "frame";
  readonly index: number;
  readonly ptsMs: number;
  readonly motion: boolean;
  readonly score: number;
  readonly boxes: readonly BoxPx[];
}

export interface SummaryLine {
  readonly type: "summary";
  readonly file: string;
  readonly frames: number;
  readonly durationMs: number;
  readonly cpuMs: number;
  readonly events: number;
  readonly dropped: number;
}

/** What every sensitivity would have made of the file. */
export interface SweepLine {
  readonly type: "sweep";
  readonly file: string;
  /** Labelled movements that count; null = no labels were given. */
  readonly positives: number | null;
  readonly rows: readonly SweepRow[];
}

export type ReplayLine = EventLine | FrameLine | SummaryLine | SweepLine;
