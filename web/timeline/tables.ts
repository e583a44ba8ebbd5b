/**
 * Tables: events as a list for other programs: CSV (RFC 4180, UTF-8) and JSON. Pure.
 */
import type { Moment } from "./moment.ts";

const columns = [
  "id",
  "kind",
  "start",
  "end",
  "zones",
  "recording",
  "mark",
  "watched_by",
  "ignored",
] as const;

interface Line {
  readonly id: string;
  readonly kind: string;
  /** UTC, as RFC 3339. */
  readonly start: string;
  readonly end: string | null;
  readonly zones: readonly string[];
  readonly recording: string | null;
  readonly mark: string | null;
  readonly watchedBy: readonly string[];
  readonly ignored: boolean;
}

type Watchers = ReadonlyMap<string, readonly string[]>;

function lineOf(moment: Moment, watchers: Watchers): Line {
  const { id, kind, startWallMs, endWallMs, zones, clip, mark, ignored } = moment;
  return {
    id,
    kind,
    start: new Date(startWallMs).toISOString(),
    end: endWallMs === null ? null : new Date(endWallMs).toISOString(),
    zones,
    recording: clip,
    mark,
    watchedBy: clip === null ? [] : (watchers.get(clip) ?? []),
    ignored,
  };
}

export function jsonOf(moments: readonly Moment[], watchers: Watchers): string {
  return `${JSON.stringify({ events: moments.map((each) => lineOf(each, watchers)) }, null, 2)}\n`;
}

export function csvOf(moments: readonly Moment[], watchers: Watchers): string {
  const lines = moments.map((each) => {
    const { id, kind, start, end, zones, recording, mark, watchedBy, ignored } = lineOf(each, watchers);
    const what = [id, kind, start, end ?? "", zones.join("; "), recording ?? "", mark ?? ""];
    return [...what, watchedBy.join("; "), ignored ? "yes" : ""];
  });
  return [columns, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** What a spreadsheet would take for a formula begins with an apostrophe: zones and people are named by hand. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
