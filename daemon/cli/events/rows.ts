/**
 * Rows: events as a table for 80 columns. What is too long for its column goes on below in it.
 */
import { happeningsOf } from "../../alerts/denied.ts";
import type { Event } from "../../wire/api.ts";
import { timeText } from "../amounts.ts";
import { textTable } from "../table.ts";
import { folded, screenWidth } from "../wrapped.ts";
import { inShort, labelsOf, lengthWords } from "./words.ts";

const gap = 2;
const head = ["WHEN", "WHAT", "LENGTH", "ZONES", "EVENT"];
/** Narrow enough for all others beside it; a single word may be longer. */
const most = { length: 10, zones: 10, what: 12 };

export function eventRows(events: readonly Event[]): string[] {
  const whole = events.map((event) => ({
    when: timeText(event.startWallMs),
    what: whatOf(event),
    length: folded(lengthWords(event), most.length, " "),
    zones: folded(event.zones.length === 0 ? ["-"] : event.zones, most.zones, ", "),
    id: event.id,
  }));
  const widest = (of: (row: (typeof whole)[number]) => readonly string[], least: string): number =>
    Math.max(least.length, ...whole.flatMap(of).map((line) => line.length));
  const others =
    widest(({ when }) => [when], "WHEN") +
    widest(({ length }) => length, "LENGTH") +
    widest(({ zones }) => zones, "ZONES") +
    widest(({ id }) => [id], "EVENT");
  const room = Math.max(most.what, screenWidth - others - gap * (head.length - 1));
  const rows = whole.flatMap(({ when, what, length, zones, id }) =>
    below([[when], folded(what, room, ", "), length, zones, [id]]),
  );
  return textTable([head, ...rows], { gap });
}

/** A ring, or what moved; then what is to be known of that word, and what happened. */
function whatOf(event: Event): string[] {
  const { kind, corrected, ignored } = event;
  const happenings = happeningsOf(event);
  const happened = happenings.map((each) => inShort[each]);
  // that one was left says that there was a parcel
  const parcelSaid = corrected === null && happenings.some((each) => each.startsWith("parcel-"));
  const labels = labelsOf(event).filter((label) => !(parcelSaid && label === "parcel"));
  return [
    ...(kind === "ring" ? ["ring"] : []),
    ...labels,
    ...(kind === "motion" && labels.length === 0 && happened.length === 0 ? ["motion"] : []),
    ...(corrected === null ? [] : ["corrected"]),
    ...happened,
    ...(ignored ? ["hidden"] : []),
  ];
}

/** Cells of several lines as so many rows. */
function below(cells: readonly (readonly string[])[]): string[][] {
  const lines = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: lines }, (_, line) => cells.map((cell) => cell[line] ?? ""));
}
