/**
 * Held: which times the motion journal covers, from the envelopes of its blocks.
 *
 * Only blocks without frames are unpacked, because they may say of a time why nothing is known of it; and
 * of a day that has not grown nothing is read again: a page may ask at every visit.
 */
import { toFault } from "../../../hal/fault.ts";
import { partsOf } from "../../sight/journal/block-file.ts";
import { openBlock } from "../../sight/journal/block-reader.ts";
import { dayFiles, type DayFile } from "../../sight/journal/day-files.ts";
import { isKnownVersion, type Enclosed } from "../../sight/journal/envelope.ts";
import type { JournalGap, JournalSpan } from "../../sight/journal/records.ts";

/** A camera that is opened again is no gap. */
const leastGapMs = 10_000;
const mostGaps = 200;
const off = "nothing was looked at: the camera or the doorbell was off, or the disk was full";

export interface Held {
  readonly span: JournalSpan | null;
  readonly bytes: number;
  /** The newest, oldest first. */
  readonly gaps: readonly JournalGap[];
}

interface Piece extends JournalSpan {
  /** Null = it can be read. */
  readonly why: string | null;
  /** What a block says of a time, which may still be to come: the day is full till its end. */
  readonly isTold?: boolean;
}

interface Day {
  readonly bytes: number;
  readonly pieces: readonly Piece[];
}

export class HeldDays {
  #days = new Map<string, Day>();

  async look(folder: string): Promise<Held> {
    const files = await dayFiles(folder);
    const days = new Map<string, Day>();
    for (const file of files) {
      const known = this.#days.get(file.path);
      days.set(file.path, known?.bytes === file.bytes ? known : await readDay(file));
    }
    this.#days = days;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { ...heldOf([...days.values()].flatMap(({ pieces }) => pieces)), bytes };
  }
}

async function readDay({ path, bytes }: DayFile): Promise<Day> {
  const pieces: Piece[] = [];
  let damaged = 0;
  for await (const part of partsOf(path)) {
    if (part.type === "damaged") {
      // at the end of the file it is a block that is being written
      damaged += part.atEnd ? 0 : part.bytes;
      continue;
    }
    const { version, fromWallMs, toWallMs } = part.block;
    const last = pieces.at(-1);
    if (damaged > 0 && last !== undefined)
      pieces.push({ fromWallMs: last.toWallMs, toWallMs: fromWallMs, why: `${damaged} bytes are damaged` });
    damaged = 0;
    const why = isKnownVersion(version) ? null : `it was written by another version (${version})`;
    pieces.push({ fromWallMs, toWallMs, why });
    if (why === null && part.block.frames === 0) pieces.push(...toldIn(part.block));
  }
  return { bytes, pieces };
}

/** Gaps that a block tells of. */
function toldIn({ body }: Enclosed): Piece[] {
  const told: Piece[] = [];
  try {
    openBlock(body).play({ gap: (gap) => void told.push({ ...gap, isTold: true }) });
  } catch (error) {
    if (toFault(error).kind !== "corrupt") throw error; // readers of its time are told
  }
  return told;
}

function heldOf(pieces: readonly Piece[]): Pick<Held, "span" | "gaps"> {
  const [first, ...rest] = pieces.toSorted((a, b) => a.fromWallMs - b.fromWallMs);
  if (first === undefined) return { span: null, gaps: [] };
  const gaps: JournalGap[] = [];
  // of all that is explained, and of what was written
  let [toWallMs, endWallMs] = [first.fromWallMs, first.fromWallMs];
  for (const piece of [first, ...rest]) {
    if (piece.fromWallMs - toWallMs >= leastGapMs)
      gaps.push(whole({ fromWallMs: toWallMs, toWallMs: piece.fromWallMs, why: off }));
    if (piece.why !== null && piece.toWallMs > piece.fromWallMs)
      gaps.push(whole({ fromWallMs: piece.fromWallMs, toWallMs: piece.toWallMs, why: piece.why }));
    toWallMs = Math.max(toWallMs, piece.toWallMs);
    if (piece.isTold !== true) endWallMs = Math.max(endWallMs, piece.toWallMs);
  }
  return { span: whole({ fromWallMs: first.fromWallMs, toWallMs: endWallMs }), gaps: gaps.slice(-mostGaps) };
}

/** In whole milliseconds. */
function whole<Span extends JournalSpan>(span: Span): Span {
  return { ...span, fromWallMs: Math.floor(span.fromWallMs), toWallMs: Math.ceil(span.toWallMs) };
}
