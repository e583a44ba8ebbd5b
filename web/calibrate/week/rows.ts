/**
 * Rows: which events of a preview are listed, newest first. Pure.
 */
import type { Cause, Mark, Preview, PreviewEvent } from "../../../daemon/wire/api-calibration.ts";

export type ChangeFilter = "changes" | "appears" | "vanishes" | "all";

export interface RowFilter {
  readonly change: ChangeFilter;
  readonly cause: Cause | null;
}

export const firstFilter: RowFilter = { change: "changes", cause: null };

function isListed({ change, cause }: PreviewEvent, filter: RowFilter): boolean {
  if (filter.cause !== null && cause !== filter.cause) return false;
  return (
    filter.change === "all" || (filter.change === "changes" ? change !== "stays" : change === filter.change)
  );
}

export function rowsOf({ events }: Pick<Preview, "events">, filter: RowFilter): PreviewEvent[] {
  return events.filter((event) => isListed(event, filter)).toReversed();
}

/** The same event of another preview has the same key, so that the list keeps the keyboard where it was. */
export function rowKey({ startWallMs, events }: PreviewEvent): string {
  return events[0]?.id ?? `at ${startWallMs}`;
}

/** Rows in blocks of a fixed number: one that is far from the window is left out of the page. */
export function blocksOf<T>(rows: readonly T[], length: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / length) }, (_, i) =>
    rows.slice(i * length, (i + 1) * length),
  );
}

/** The mark of a row: that of its newest event of then that has one. */
export function markOf({ events }: PreviewEvent, marked: ReadonlyMap<string, Mark | null>): Mark | null {
  const marks = events.map(({ id, mark }) => (marked.has(id) ? (marked.get(id) ?? null) : mark));
  return marks.findLast((mark) => mark !== null) ?? null;
}

/** Marks of this page over those of the preview, which may be older. */
export function marksIn(
  { events }: Pick<Preview, "events">,
  marked: ReadonlyMap<string, Mark | null>,
): { readonly good: number; readonly false: number } {
  const marks = events.map((event) => markOf(event, marked));
  const count = (wanted: Mark): number => marks.filter((mark) => mark === wanted).length;
  return { good: count("good"), false: count("false") };
}
