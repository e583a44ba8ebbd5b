/**
 * Segments: the ledger's lines in files of 256, so that one is read in a moment however many there are.
 *
 *   entries/000123.jsonl    lines 123 * 256 and on, for ever
 *   openings/000123.jsonl   their openings; what was erased is not there
 *
 * Reading only; who writes is `ledger.ts`. A line counts when its newline is there.
 */
import { Fault } from "../../hal/fault.ts";
import type { Files } from "../files/files.ts";
import { isOpeningOf, parseEntryLine, parseOpening, type Entry } from "./entry.ts";
import { tileWidth } from "./tiles.ts";

export const segmentEntries = tileWidth;
const newline = 10;
const segmentName = /^(\d{6,9})\.jsonl$/u;

export type Side = "entries" | "openings";

export function segmentFile(side: Side, segment: number): string {
  return `${side}/${String(segment).padStart(6, "0")}.jsonl`;
}

/** Numbers of the segments that are there, in order. */
export async function segmentsOf(files: Files, side: Side): Promise<number[]> {
  const names = await files.list(side);
  return names
    .flatMap((name) => (segmentName.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
}

/** Whole lines without their newline; what is behind the last newline is left out. Views. */
export function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let begin = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
    lines.push(bytes.subarray(begin, end));
    begin = end + 1;
  }
  return lines;
}

export async function readLines(files: Files, side: Side, segment: number): Promise<Uint8Array[]> {
  return linesOf((await files.read(segmentFile(side, segment))) ?? new Uint8Array(0));
}

/** The lines of a segment that is full. Throws Fault `corrupt`. */
export async function readFullSegment(files: Files, segment: number): Promise<Uint8Array[]> {
  const lines = await readLines(files, "entries", segment);
  if (lines.length !== segmentEntries)
    throw damaged(segment, `it has ${lines.length} entries, not ${segmentEntries}`);
  return lines;
}

/** Opening lines by the number of their entry; one that does not fit its entry is not taken. */
export async function readOpenings(files: Files, segment: number): Promise<Map<number, Uint8Array>> {
  const lines = await readLines(files, "openings", segment);
  return new Map(
    lines.flatMap((line): [number, Uint8Array][] => {
      const opening = parseOpening(line);
      return opening === null ? [] : [[opening.seq, line]];
    }),
  );
}

/** Entries of a segment below `size`, with what is not erased. Throws Fault `corrupt`. */
export async function readEntries(files: Files, segment: number, size: number): Promise<Entry[]> {
  const first = segment * segmentEntries;
  const lines = await readLines(files, "entries", segment);
  const wanted = Math.min(segmentEntries, size - first);
  if (lines.length < wanted) throw damaged(segment, `entry ${first + lines.length} is missing`);
  const openings = await readOpenings(files, segment);
  return lines.slice(0, wanted).map((line, at) => {
    const entry = parseEntryLine(line);
    if (entry?.seq !== first + at) throw damaged(segment, `entry ${first + at} is not what was written`);
    const opening = openings.get(entry.seq);
    const fits = opening !== undefined && isOpeningOf(entry, opening);
    return { ...entry, opening: fits ? parseOpening(opening) : null };
  });
}

export function damaged(segment: number, what: string): Fault {
  return new Fault("corrupt", `the ledger is damaged in ${segmentFile("entries", segment)}: ${what}`, {
    hint: "sill ledger verify names the line; put the folder ledger back from a backup",
  });
}
