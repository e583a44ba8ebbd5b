/**
 * Past events: what happened on the days before, newest first. Pure; same options, same events.
 */
import type { GapReason } from "../../daemon/wire/api-timeline.ts";
import type { Event } from "../../daemon/wire/api.ts";

export interface PastOptions {
  readonly events: number;
  /** The newest so many have a recording each. */
  readonly clips: number;
  readonly days: number;
  /** When the newest happened. */
  readonly untilWallMs: number;
  readonly gaps?: readonly {
    readonly reason: GapReason;
    readonly startWallMs: number;
    readonly endWallMs: number;
  }[];
  /** The newest event that is no ring left a parcel; its recording holds the place before and after. */
  readonly parcel?: boolean;
  /** What moved is named: each label in turn, some with two, and nothing every seventh time; parcels are taken. */
  readonly labels?: boolean;
  /** What else is known of the event with this number (0 = the newest) where it is no ring. */
  readonly known?: (at: number) => Partial<Pick<Event, "said" | "what" | "whatScores" | "corrected">>;
  /** What moved in the event with this number was ignored. */
  readonly ignored?: number;
}

const whatMoved: readonly Event["what"][] = [
  ["person"],
  ["vehicle"],
  ["animal"],
  ["person", "vehicle"],
  ["other"],
  ["person", "parcel"],
  [],
];
/** A recording begins so long before its event. */
export const preRollMs = 2_000;

/** As the doorbell makes them, with a counter where it has chance. */
export function idOf(wallMs: number, counter: number): string {
  return `${wallMs.toString(36).padStart(9, "0")}-${String(counter).padStart(10, "0")}`;
}

export function pastEvents(options: PastOptions): Event[] {
  const { events: count, clips, days, untilWallMs, parcel = false, labels = false, known, ignored } = options;
  const everyMs = (days * 86_400_000) / count;
  return Array.from({ length: count }, (_, at): Event => {
    // not evenly: a busy hour, then a quiet one
    const startWallMs = Math.round(untilWallMs - at * everyMs - (at % 5) * everyMs * 0.15);
    const kind = at % 6 === 0 ? "ring" : "motion";
    const what = labels && kind === "motion" ? (whatMoved[at % whatMoved.length] ?? []) : [];
    return {
      id: idOf(startWallMs, at),
      kind,
      state: "closed",
      startWallMs,
      endWallMs: startWallMs + (kind === "ring" ? 0 : 3_500),
      score: kind === "ring" ? 0 : 3,
      zones: kind === "ring" ? [] : at % 4 === 0 ? ["gate"] : ["path"],
      clip: at < clips ? idOf(startWallMs - preRollMs, at) : null,
      thumbnail: at < clips,
      seer: kind === "ring" ? null : "picture",
      woke: false,
      what,
      whatScores: what.map(() => 0.9),
      said: [],
      pir: "unknown",
      happenings: parcel && at === 1 ? ["parcel-left"] : what.includes("parcel") ? ["parcel-taken"] : [],
      corrected: null,
      ignored: at === ignored,
      spared: null,
      mark: at % 50 === 1 && !(parcel && at === 1) ? "false" : null,
      ...(kind === "motion" ? known?.(at) : {}),
    };
  });
}
