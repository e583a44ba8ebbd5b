/**
 * Timeline columns: events and recordings of a page, newest first, column by column as the answer has them.
 *
 * Filled straight from the rows: thousands of objects that live as long as an answer cost the keeper more memory than
 * the answer itself.
 */
import type { Event } from "../../wire/api.ts";

export type EventRow = readonly [
  id: string,
  atMs: number,
  ms: number | null,
  clip: string | null,
  sort: string,
];
export type ClipRow = readonly [id: string, atMs: number, ms: number, bytes: number, thumbnail: number];

export interface Columns<Row> {
  readonly id: readonly string[];
  push(row: Row): void;
  /** Without what begins before. */
  endAt(fromMs: number): void;
}

/** As SQLite's json_array writes it. */
export function sortOf(event: Omit<Event, "score" | "whatScores" | "said" | "pir">): string {
  const { kind, state, zones, seer, woke, mark, thumbnail, what, happenings, corrected } = event;
  const { ignored, spared } = event;
  const flags = [seer, Number(woke), mark, Number(thumbnail)];
  return JSON.stringify([kind, state, zones, ...flags, what, happenings, corrected, Number(ignored), spared]);
}

export class EventColumns implements Columns<EventRow> {
  readonly id: string[] = [];
  readonly atMs: number[] = [];
  /** Null = it goes on. */
  readonly ms: (number | null)[] = [];
  /** Place in `sorts`. */
  readonly sort: number[] = [];
  readonly clip: (string | null)[] = [];
  /** What else there is to events, as text: the same for all that are alike. */
  readonly #sorts = new Map<string, number>();

  get sorts(): string[] {
    return [...this.#sorts.keys()];
  }

  push([id, atMs, ms, clip, sort]: EventRow): void {
    this.id.push(id);
    this.atMs.push(atMs);
    this.ms.push(ms);
    this.clip.push(clip);
    this.sort.push(this.#place(sort));
  }

  endAt(fromMs: number): void {
    const count = countFrom(this.atMs, fromMs);
    for (const column of [this.id, this.atMs, this.ms, this.sort, this.clip]) column.length = count;
  }

  /** In its place, instead of what was known of it. */
  layOver(event: Event): void {
    const { id, startWallMs, endWallMs, clip } = event;
    const known = this.id.indexOf(id);
    if (known >= 0)
      for (const column of [this.id, this.atMs, this.ms, this.sort, this.clip]) column.splice(known, 1);
    let at = countFrom(this.atMs, startWallMs + 1);
    while (this.atMs[at] === startWallMs && (this.id[at] ?? "") > id) at += 1;
    this.id.splice(at, 0, id);
    this.atMs.splice(at, 0, startWallMs);
    this.ms.splice(at, 0, endWallMs === null ? null : endWallMs - startWallMs);
    this.clip.splice(at, 0, clip);
    this.sort.splice(at, 0, this.#place(sortOf(event)));
  }

  #place(sort: string): number {
    const known = this.#sorts.get(sort);
    if (known !== undefined) return known;
    this.#sorts.set(sort, this.#sorts.size);
    return this.#sorts.size - 1;
  }
}

export class ClipColumns implements Columns<ClipRow> {
  readonly id: string[] = [];
  readonly atMs: number[] = [];
  readonly ms: number[] = [];
  readonly bytes: number[] = [];
  /** 1 = there is one. */
  readonly thumbnail: number[] = [];

  push([id, atMs, ms, bytes, thumbnail]: ClipRow): void {
    this.id.push(id);
    this.atMs.push(atMs);
    this.ms.push(ms);
    this.bytes.push(bytes);
    this.thumbnail.push(thumbnail);
  }

  endAt(fromMs: number): void {
    const count = countFrom(this.atMs, fromMs);
    for (const column of [this.id, this.atMs, this.ms, this.bytes, this.thumbnail]) column.length = count;
  }
}

/** How many begin then or later; `atMs` goes down. */
function countFrom(atMs: readonly number[], fromMs: number): number {
  return atMs.findLastIndex((each) => each >= fromMs) + 1;
}
