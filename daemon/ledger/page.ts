/**
 * Page: entries newest first, some at a time, from segments of the disk.
 *
 * Reads a bounded number of segments; when only some are wanted, a page may hold fewer entries than asked for
 * and still have a `next`.
 */
import type { Files } from "../files/files.ts";
import type { Entry } from "./entry.ts";
import { readEntries, segmentEntries } from "./segments.ts";

const mostSegments = 64;

export interface PageQuery {
  /** Entries below this number; null = from the newest. */
  readonly before: number | null;
  readonly limit: number;
  /** Kinds that are not wanted. */
  readonly without: readonly string[];
  /** Default: all that are left. */
  readonly wanted?: (entry: Entry) => boolean;
  /** Older than this is not looked for: at such an entry the pages end. */
  readonly sinceWallMs?: number;
}

export interface Page {
  readonly entries: readonly Entry[];
  /** `before` of the next, older page; null = there is none. */
  readonly next: number | null;
}

export async function pageOf(files: Files, size: number, query: PageQuery): Promise<Page> {
  const { limit, without, wanted = () => true, sinceWallMs = -Infinity } = query;
  let before = Math.min(size, query.before ?? size);
  const entries: Entry[] = [];
  for (let read = 0; read < mostSegments && before > 0 && entries.length < limit; read += 1) {
    const segment = Math.floor((before - 1) / segmentEntries);
    for (const entry of (await readEntries(files, segment, before)).reverse()) {
      if (entries.length === limit) break;
      if (entry.wallMs < sinceWallMs) return { entries, next: null };
      before = entry.seq;
      if (!without.includes(entry.kind) && wanted(entry)) entries.push(entry);
    }
  }
  return { entries, next: before > 0 ? before : null };
}
