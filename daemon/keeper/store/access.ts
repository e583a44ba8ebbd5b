/**
 * Access: what the work on the index needs, in one hand. Only the worker holds one.
 */
import type { DatabaseSync } from "node:sqlite";
import type { DataPaths } from "../../wire/paths.ts";
import { dayOfLine, type Journal, type JournalLine } from "./journal.ts";
import type { Writer } from "./writer.ts";

export interface Access {
  readonly database: DatabaseSync;
  readonly paths: DataPaths;
  readonly journal: Journal;
  readonly writer: Writer;
}

/** Journal lines, durable when it returns; the new size of each day's file. */
export function record(journal: Journal, lines: readonly JournalLine[]): Map<string, number> {
  const days = Map.groupBy(lines, dayOfLine);
  return new Map([...days].map(([day, each]) => [day, journal.append(day, each)]));
}

/** Notes what the tables now know of each day's journal; belongs into the rows' transaction. */
export function noteJournals(writer: Writer, sizes: ReadonlyMap<string, number>): void {
  for (const [day, bytes] of sizes) writer.journalRead(day, bytes);
}
