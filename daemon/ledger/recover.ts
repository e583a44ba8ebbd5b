/**
 * Recover: what of the ledger is on the disk, and what a crash left behind it is cut off.
 *
 * An append that was under way may have left any part of its bytes: the entries end with the last whole
 * line, the openings with the last one that has an entry. A line that is wrong with good ones behind it is
 * no crash's work: Fault `corrupt`. Looking changes nothing, so that a ledger that turns out not to be
 * the signed one is left as it was found.
 */
import type { Files } from "../files/files.ts";
import { parseEntryLine, parseOpening } from "./entry.ts";
import { damaged, readLines, segmentEntries, segmentFile, segmentsOf } from "./segments.ts";

type Lines = readonly Uint8Array[];

export interface Found {
  readonly size: number;
  /** Entries of the segment that is written next; fewer than it holds. */
  readonly tail: Lines;
  /** Their openings. */
  readonly openings: Lines;
  /** Time of the last entry; null = there is none. */
  readonly lastWallMs: number | null;
}

/** Throws Fault `corrupt`. */
export async function lookFor(files: Files): Promise<Found> {
  const last = await lastSegment(files);
  const lines = await entriesOf(files, last);
  const lastWallMs =
    parseEntryLine(lines.at(-1) ?? new Uint8Array(0))?.wallMs ?? (await lastTimeOf(files, last - 1));
  const size = last * segmentEntries + lines.length;
  const tail = lines.length === segmentEntries ? [] : lines;
  const openings = await readLines(files, "openings", Math.floor(size / segmentEntries));
  const isKept = (line: Uint8Array): boolean => (parseOpening(line)?.seq ?? size) < size;
  return { size, tail, openings: openings.filter(isKept), lastWallMs };
}

/**
 * Leaves nothing on the disk but what was found, and that for good: what a process wrote before it was killed may not
 * be durable, and would be missing after a power cut from a tree that was signed meanwhile.
 */
export async function mend(files: Files, { size, tail, openings }: Found): Promise<void> {
  const segment = Math.floor(size / segmentEntries);
  const entries = segmentFile("entries", segment);
  const bytes = (await files.size(entries)) ?? 0;
  if (bytes > lengthOf(tail)) await files.truncate(entries, lengthOf(tail));
  for (const each of await segmentsOf(files, "openings"))
    if (each > segment) await files.remove(segmentFile("openings", each));
  const name = segmentFile("openings", segment);
  if (((await files.size(name)) ?? 0) > lengthOf(openings)) await files.write(name, textOf(openings));
  const last = Math.floor(Math.max(0, size - 1) / segmentEntries);
  await files.sync(segmentFile("openings", last));
  await files.sync(segmentFile("entries", last));
}

async function lastSegment(files: Files): Promise<number> {
  const segments = await segmentsOf(files, "entries");
  const gap = segments.findIndex((segment, index) => segment !== index);
  if (gap >= 0) throw damaged(gap, "the file is missing");
  return Math.max(0, segments.length - 1);
}

/** Without the end that is no entry. */
async function entriesOf(files: Files, segment: number): Promise<Lines> {
  const first = segment * segmentEntries;
  const lines = await readLines(files, "entries", segment);
  const wrong = lines.findIndex((line, at) => parseEntryLine(line)?.seq !== first + at);
  const whole = wrong < 0 ? lines : lines.slice(0, wrong);
  const isCrash = wrong < 0 || !lines.some((line, at) => at > wrong && parseEntryLine(line) !== null);
  if (!isCrash || whole.length > segmentEntries)
    throw damaged(segment, `entry ${first + whole.length} is not what was written`);
  return whole;
}

async function lastTimeOf(files: Files, segment: number): Promise<number | null> {
  if (segment < 0) return null;
  const lines = await readLines(files, "entries", segment);
  return parseEntryLine(lines.at(-1) ?? new Uint8Array(0))?.wallMs ?? null;
}

/** Lines with their newlines. */
export function textOf(lines: Lines): Uint8Array {
  const bytes = new Uint8Array(lengthOf(lines)).fill(10);
  let at = 0;
  for (const line of lines) {
    bytes.set(line, at);
    at += line.length + 1;
  }
  return bytes;
}

export function lengthOf(lines: Lines): number {
  return lines.reduce((sum, { length }) => sum + length + 1, 0);
}
