/**
 * Journal: one JSON line per change of an event or a gap, appended and fsynced. The truth about both.
 *
 * A file per UTC day of the event's start, so that a day that has passed its time goes as one
 * file. The last line about an event or a gap holds. A line that was cut by a crash or a full disk is
 * skipped by the reader, and the next append starts on a line of its own. A file whose fsync failed is not appended
 * to again: the next append writes a new one in its place (daemon/files/disk.ts says why).
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { toFault } from "../../../hal/fault.ts";
import { gapSchema, type Gap } from "../../wire/api-timeline.ts";
import { eventSchema, type Event } from "../../wire/api.ts";
import { dayOf } from "../../wire/paths.ts";

/** Whether a clip has a thumbnail is said by its folder, not here. */
const eventLineSchema = z.object({
  change: z.literal("event"),
  event: eventSchema.omit({ thumbnail: true }),
});
const lineSchema = z.discriminatedUnion("change", [
  eventLineSchema,
  z.object({ change: z.literal("deleted"), id: z.string(), startWallMs: z.int() }),
  z.object({ change: z.literal("gap"), gap: gapSchema }),
]);
export type JournalLine = z.output<typeof lineSchema>;

const newline = 10;

export function dayOfLine(line: JournalLine): string {
  return dayOf(startOf(line));
}

function startOf(line: JournalLine): number {
  if (line.change === "event") return line.event.startWallMs;
  return line.change === "gap" ? line.gap.startWallMs : line.startWallMs;
}

export function eventLine(event: Event): JournalLine {
  return eventLineSchema.parse({ change: "event", event });
}

export function gapLine(gap: Gap): JournalLine {
  return { change: "gap", gap };
}

export interface JournalRead {
  readonly lines: readonly JournalLine[];
  /** Cut or foreign lines that were skipped. */
  readonly skipped: number;
  /** Size of the file: pass it as `fromByte` next time. */
  readonly bytes: number;
}

function parseLine(text: string): JournalLine | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null; // counted by the caller
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export class Journal {
  readonly #folder: string;
  /** Days whose file's fsync failed. */
  readonly #distrusted = new Set<string>();
  /** Days whose file is new and may not be in the folder for good. */
  readonly #unlisted = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /**
   * Appends lines of one day; durable when it returns. Answers the file's new size.
   * Throws Fault `exhausted` on a full disk; a repeated append of the same lines is harmless.
   */
  append(day: string, lines: readonly JournalLine[]): number {
    const path = this.#path(day);
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    try {
      if (this.#distrusted.has(day)) return this.#replace(day, text);
      if (!existsSync(path)) this.#unlisted.add(day);
      const file = openSync(path, "a+", 0o600);
      try {
        writeFileSync(file, endsMidLine(file) ? `\n${text}` : text);
        this.#sync(day, file);
        return fstatSync(file).size;
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw toFault(error, "cannot write the journal");
    }
  }

  /** Lines of a process that was killed may be there and not be durable: to be called before anything is built on them. */
  sync(day: string): void {
    try {
      if (this.#distrusted.has(day)) return void this.#replace(day, "");
      const file = openSync(this.#path(day), "r");
      try {
        this.#unlisted.add(day);
        this.#sync(day, file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw toFault(error, "cannot keep the journal");
    }
  }

  #sync(day: string, file: number): void {
    try {
      fsyncSync(file);
    } catch (error) {
      this.#distrusted.add(day);
      throw error;
    }
    if (this.#unlisted.has(day)) syncFolder(this.#folder);
    this.#unlisted.delete(day);
  }

  #replace(day: string, text: string): number {
    const path = this.#path(day);
    const old = readFileSync(path);
    const cut = old.length > 0 && old.at(-1) !== newline ? "\n" : "";
    const temporary = join(this.#folder, `.${day}.jsonl.tmp`);
    const file = openSync(temporary, "w", 0o600);
    try {
      writeFileSync(file, Buffer.concat([old, Buffer.from(cut + text)]));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(this.#folder);
    this.#distrusted.delete(day);
    return old.length + Buffer.byteLength(cut + text);
  }

  days(): string[] {
    return readdirSync(this.#folder)
      .filter((name) => /^\d{4}-\d{2}-\d{2}\.jsonl$/.test(name))
      .map((name) => name.slice(0, 10))
      .sort();
  }

  read(day: string, fromByte = 0): JournalRead {
    const content = readFileSync(this.#path(day));
    const texts = content
      .subarray(fromByte <= content.length ? fromByte : 0)
      .toString("utf8")
      .split("\n")
      .filter((text) => text.trim() !== "");
    const lines = texts.map(parseLine).filter((line) => line !== null);
    return { lines, skipped: texts.length - lines.length, bytes: content.length };
  }

  remove(day: string): void {
    rmSync(this.#path(day), { force: true });
  }

  #path(day: string): string {
    return join(this.#folder, `${day}.jsonl`);
  }
}

function endsMidLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== newline;
}
