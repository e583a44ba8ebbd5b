/**
 * Erase: removes openings whose time has come. The lines stay, so that every proof does.
 *
 * Goes on where it was left (`erased.json`), a bounded number of segments at a time. On flash the old
 * bytes may lie around until the card uses their place again.
 */
import { z } from "zod";
import type { Files } from "../files/files.ts";
import { parseEntryLine, parseOpening, type EntryLine } from "./entry.ts";
import { textOf } from "./recover.ts";
import { linesOf, readLines, segmentEntries, segmentFile } from "./segments.ts";

export interface Erasing {
  /** Name of the rule, which goes on by itself: `views`, `all`. */
  readonly rule: string;
  /** Openings of older entries go. */
  readonly beforeWallMs: number;
  readonly nowWallMs: number;
  /** Of these kinds alone; null = of all. */
  readonly kinds: readonly string[] | null;
  /** Segments at a time. */
  readonly mostSegments?: number;
}

const file = "erased.json";
/** By rule: the segment at which it goes on. */
const erasedSchema = z.record(z.string(), z.int().min(0));

/** Answers how many were erased. A segment with an entry that is too young is looked at again. */
export async function eraseOpenings(files: Files, size: number, erasing: Erasing): Promise<number> {
  const { rule, mostSegments = 64 } = erasing;
  const done = await readDone(files);
  const first = done[rule] ?? 0;
  let [segment, erased, isPast] = [first, 0, true];
  for (; segment * segmentEntries < size && segment < first + mostSegments && isPast; segment += 1) {
    const going = new Set<number>();
    for (const entry of believed(await entriesOf(files, segment, size), erasing.nowWallMs)) {
      if (isDue(entry, erasing)) going.add(entry.seq);
      if (entry.wallMs >= erasing.beforeWallMs) isPast = false;
    }
    erased += await removeOpenings(files, segment, going);
  }
  const next = Math.min(isPast ? segment : segment - 1, Math.floor(size / segmentEntries));
  if (next !== first)
    await files.write(file, new TextEncoder().encode(JSON.stringify({ ...done, [rule]: next })));
  return erased;
}

/**
 * With times that can be right: not after now, and not before an earlier entry, whatever the clock said. What a
 * clock in 1970 wrote is not erased too soon, and one that was ahead keeps nothing for ever.
 */
function believed(entries: readonly EntryLine[], nowWallMs: number): EntryLine[] {
  let latest = -Infinity;
  return entries.map((entry) => {
    if (entry.wallMs <= nowWallMs) latest = Math.max(latest, entry.wallMs);
    return { ...entry, wallMs: latest };
  });
}

function isDue({ wallMs, kind }: EntryLine, { beforeWallMs, kinds }: Erasing): boolean {
  return wallMs < beforeWallMs && (kinds === null || kinds.includes(kind));
}

async function entriesOf(files: Files, segment: number, size: number): Promise<EntryLine[]> {
  const lines = await readLines(files, "entries", segment);
  return lines.slice(0, size - segment * segmentEntries).flatMap((line) => parseEntryLine(line) ?? []);
}

async function removeOpenings(files: Files, segment: number, going: ReadonlySet<number>): Promise<number> {
  const name = segmentFile("openings", segment);
  const bytes = going.size === 0 ? null : await files.read(name);
  if (bytes === null) return 0;
  const lines = linesOf(bytes);
  const kept = lines.filter((line) => !going.has(parseOpening(line)?.seq ?? -1));
  if (kept.length === lines.length) return 0;
  await (kept.length === 0 ? files.remove(name) : files.write(name, textOf(kept)));
  return lines.length - kept.length;
}

async function readDone(files: Files): Promise<Readonly<Record<string, number>>> {
  try {
    const bytes = await files.read(file);
    return erasedSchema.parse(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array(0))));
  } catch {
    return {}; // from the beginning
  }
}
