/**
 * Protocol: what the keeper asks of the thread that reads the motion journal.
 *
 * Everything that takes long is done there: reading the journal, the index's events of a week, the
 * search for a proposal. The main thread only passes questions on.
 */
import type { DataPaths } from "../../wire/paths.ts";
import type { JournalSpan as WallSpan } from "../../sight/journal/records.ts";
import type { EventTiming } from "../../sight/machine.ts";
import type { MotionSettings } from "../../sight/zones.ts";
import type { JournalSpan, LabelThresholds, Preview, Proposal, Walk } from "../../wire/api-calibration.ts";
import type { Zones } from "../../wire/api-household.ts";
import type { QuestionOf } from "../asked-thread.ts";

/** What every question is about. */
export interface Asked extends WallSpan {
  /** Any number that no other question of this keeper has: with it the question can be taken back. */
  readonly ticket: number;
  readonly paths: DataPaths;
  /** Of this doorbell: events of then were made with it. */
  readonly timing: EventTiming;
  /** As the page has them. */
  readonly zones: Zones;
  /** Where they say nothing. */
  readonly settings: MotionSettings;
}

export type WalkAsked = Pick<Walk, "id" | "name" | "by" | "notes">;

export interface Questions {
  /** What the journal holds. */
  held: { ask: { paths: DataPaths; sensitivity: number }; answer: JournalSpan };
  preview: { ask: Asked; answer: Preview };
  propose: { ask: Asked; answer: Proposal };
  /** What the corrections of the past say of the thresholds. */
  labels: {
    /** `ignoredHours`: what rules ignore is kept for so long. */
    ask: WallSpan & { paths: DataPaths; zones: Zones; ignoredHours: number };
    answer: LabelThresholds;
  };
  walk: { ask: Asked & { walk: WalkAsked }; answer: Walk };
  /** Nobody waits for that one any more. */
  cancel: { ask: { ticket: number }; answer: null };
}
export type QuestionName = keyof Questions;
export type Question = QuestionOf<Questions>;
