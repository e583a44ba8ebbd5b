/**
 * Check: one question of the self-test, and its answer.
 *
 * A check measures, compares with a stated bound and says in plain words what it saw. `fail` =
 * the doorbell cannot do its work like this; `warn` = it can, but somebody should look; `skip` =
 * not asked, with the reason (no such part, nobody to press, not allowed). A check never throws
 * for what it finds: a throw is a bug of the check, told as a failure of its own.
 */
import type { Settings } from "../../config/schema.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Door } from "./door.ts";
import type { Machine } from "./machine.ts";
import type { Group, Histogram, Verdict } from "../wire/selftest.ts";
import type { Waveform } from "./waveform.ts";

export type { Group, Verdict } from "../wire/selftest.ts";

/** A figure with its unit and, where there is one, the bound it was held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** As in names: ms, fps, frac, bytes, mb_s, celsius, ppm, count. */
  readonly unit: string;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

/**
 * A masked picture. It is a recording like any other: at rest it is sealed to whoever may watch, and a
 * report shows it only to who holds such a key. What a report draws itself (waveforms, histograms, which
 * cells are destroyed) is no picture and stands in the clear.
 */
export interface Picture {
  readonly title: string;
  /** An age file in base64, to whoever may watch, of a JPEG. */
  readonly age: string;
}

export interface CheckResult {
  readonly verdict: Verdict;
  /** One sentence: what was seen. */
  readonly seen: string;
  /** What to do; always there unless passed. */
  readonly advice?: string | undefined;
  readonly figures?: readonly Figure[] | undefined;
  readonly waveform?: Waveform | undefined;
  readonly histogram?: Histogram | undefined;
  readonly picture?: Picture | undefined;
}

export interface CheckContext {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly door: Door;
  /** Aborted when the person gives up or the time is over. */
  readonly signal: AbortSignal;
  /** Is somebody there who can press and wave? */
  readonly attended: boolean;
  /** May packets leave this machine? */
  readonly outbound: boolean;
  /** Version of Sill that asks. */
  readonly sill: string;
  /** Both clocks when the run began. */
  readonly began?: { readonly monoMs: number; readonly wallMs: number };
  /** Tells the person what is wanted now: "press the button". */
  readonly ask: (request: string) => void;
}

export interface Check {
  /** kebab-case, never renamed: a report of last year can be compared. */
  readonly id: string;
  readonly group: Group;
  /** What is asked, in plain words: "The camera is in focus". */
  readonly title: string;
  /** It is told as failed when it takes longer. */
  readonly mostMs: number;
  run(context: CheckContext): Promise<CheckResult>;
}
