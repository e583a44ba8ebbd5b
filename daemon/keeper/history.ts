/**
 * History: what owners and members want to know later, one JSON line each, appended and fsynced.
 *
 * A file per UTC month. An entry is durable before what it tells happens, so the history may say too
 * much and never too little; when it cannot be written, what it would have told does not happen.
 * A line that was cut by a crash is skipped by the reader, and the next one starts on a line of its own.
 */
import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { syncFolder } from "../seal/durable.ts";
import { historyEntrySchema, type HistoryEntry } from "../wire/api-household.ts";
import { newId } from "../wire/id.ts";
import { Turns } from "./turns.ts";

export type Happened = Pick<HistoryEntry, "who" | "what" | "detail"> &
  Partial<Pick<HistoryEntry, "fromFrac" | "toFrac" | "about">>;

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** Where the next, older page ends; null = there is none. */
  readonly next: HistoryPlace | null;
}

/** Before this line of this month; lines never move. */
export interface HistoryPlace {
  readonly month: string;
  readonly line: number;
}

const monthFile = /^(\d{4}-\d{2})\.jsonl$/u;

export class History {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #turns = new Turns();

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Durable when it resolves. Throws Fault `exhausted` on a full disk. */
  append({ who, what, detail, fromFrac = null, toFrac = null, about }: Happened): Promise<HistoryEntry> {
    const wallMs = Math.round(this.#clock.wallMs());
    const base = { id: newId(wallMs), wallMs, who, what, detail, fromFrac, toFrac };
    const entry: HistoryEntry = about === undefined ? base : { ...base, about };
    return this.#turns.take(async () => {
      await this.#write(new Date(wallMs).toISOString().slice(0, 7), `${JSON.stringify(entry)}\n`);
      return entry;
    });
  }

  /** Newest first. */
  async page(before: HistoryPlace | null, limit: number): Promise<HistoryPage> {
    const entries: HistoryEntry[] = [];
    for (const month of await this.#months()) {
      if (before !== null && month > before.month) continue;
      const lines = await this.#lines(month);
      const end = before?.month === month ? Math.min(before.line, lines.length) : lines.length;
      for (let line = end - 1; line >= 0; line -= 1) {
        if (entries.length === limit) return { entries, next: { month, line: line + 1 } };
        const entry = parseEntry(lines[line] ?? "");
        if (entry !== null) entries.push(entry);
      }
    }
    return { entries, next: null };
  }

  async #write(month: string, text: string): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const file = await open(join(this.#folder, `${month}.jsonl`), "a+", 0o600);
      try {
        const { size } = await file.stat();
        const last =
          size === 0
            ? "\n"
            : (await file.read({ position: size - 1, length: 1 })).buffer.toString("utf8", 0, 1);
        await file.appendFile(last === "\n" ? text : `\n${text}`);
        await file.sync();
        if (size === 0) await syncFolder(this.#folder);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw toFault(error, "cannot write the history");
    }
  }

  /** Newest first. */
  async #months(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      const fault = toFault(error, "cannot read the history");
      if (fault.kind === "not-found") return [];
      throw fault;
    });
    return names
      .flatMap((name) => monthFile.exec(name)?.[1] ?? [])
      .toSorted()
      .toReversed();
  }

  async #lines(month: string): Promise<string[]> {
    const text = await readFile(join(this.#folder, `${month}.jsonl`), "utf8");
    return text.split("\n");
  }
}

function parseEntry(text: string): HistoryEntry | null {
  try {
    return historyEntrySchema.parse(JSON.parse(text));
  } catch {
    return null; // cut by a crash, or the end of the file
  }
}
