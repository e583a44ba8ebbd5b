/**
 * Reader: what the motion journal says about a time, told to a visitor block by block.
 *
 * In the order of the files and of the blocks in them, which is the order of being written unless the
 * clock was set back over midnight; times may jump either way, and nothing is told twice or left out for
 * that. Whatever is missing or cannot be read is a gap with its reason; what is intact is always told.
 */
import { toFault } from "../../../hal/fault.ts";
import { partsOf, type FilePart } from "./block-file.ts";
import { openBlock } from "./block-reader.ts";
import { dayFiles } from "./day-files.ts";
import { isKnownVersion, type Enclosed } from "./envelope.ts";
import type { Head } from "./head.ts";
import type { JournalSpan, JournalVisitor } from "./records.ts";
import { noPir } from "../pir-track.ts";
import { within, type SpanVisitor } from "./within.ts";

const dayMs = 86_400_000;
/** Times between blocks that are not worth a gap: a camera that is opened again, a pipeline that is made anew. */
const leastGapMs = 10_000;

export interface ReadJournal {
  readonly blocks: number;
  readonly frames: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** After every block; its time is how far reading has come. */
  readonly progress?: ((wallMs: number) => void) | undefined;
}

/**
 * Frames from `fromWallMs` up to, not including, `toWallMs`. Throws a Fault when a file that is there cannot be
 * read at all; `signal` rejects with its reason. The visitor is called synchronously.
 */
export async function readJournal(
  folder: string,
  span: JournalSpan,
  visitor: JournalVisitor,
  { signal, progress }: ReadOptions = {},
): Promise<ReadJournal> {
  const teller = new Teller(span, visitor);
  const dayOf = (wallMs: number): string => new Date(clampWall(wallMs)).toISOString().slice(0, 10);
  const [first, last] = [dayOf(span.fromWallMs - dayMs), dayOf(span.toWallMs + dayMs)];
  for (const { day, path } of await dayFiles(folder)) {
    if (day < first || day > last) continue;
    for await (const part of partsOf(path)) {
      signal?.throwIfAborted();
      teller.tell(part);
      if (part.type === "block") progress?.(part.block.toWallMs);
    }
  }
  teller.finish();
  return teller.read;
}

function clampWall(wallMs: number): number {
  return Math.max(0, Math.min(8.64e15 - 2 * dayMs, Math.floor(wallMs)));
}

class Teller {
  readonly #span: JournalSpan;
  readonly #visitor: JournalVisitor;
  readonly #inside: SpanVisitor;
  /** Newest block that was told; what follows it directly goes on with its session. */
  #last: Pick<Head, "session" | "block"> | null = null;
  /** Up to here everything is told or a gap; -Infinity before the first block. */
  #toldToMs = -Infinity;
  /** End of the newest gap that a block told. */
  #gapToMs = -Infinity;
  /** Why what lies before the next good block is not told. */
  #missing: string[] = [];
  #blocks = 0;
  #frames = 0;

  constructor(span: JournalSpan, visitor: JournalVisitor) {
    this.#span = span;
    this.#visitor = visitor;
    const inside = within(span, visitor);
    const gap: SpanVisitor["gap"] = (each) => {
      this.#gapToMs = each.toWallMs;
      inside.gap(each);
    };
    this.#inside = { ...inside, gap };
  }

  get read(): ReadJournal {
    return { blocks: this.#blocks, frames: this.#frames };
  }

  tell(part: FilePart): void {
    if (part.type === "damaged") {
      this.#missing.push(
        part.atEnd
          ? `${part.bytes} bytes at the end of a day's file are no whole record`
          : `${part.bytes} bytes of the file are damaged`,
      );
      return;
    }
    const { block } = part;
    const { fromWallMs, toWallMs } = this.#span;
    // a block without frames may tell of a time that it does not lie in
    if (block.frames > 0 && (block.toWallMs < fromWallMs || block.fromWallMs >= toWallMs)) {
      this.#pass(block);
      return;
    }
    if (!isKnownVersion(block.version))
      this.#skip(block, `it was written by another version (${block.version})`);
    else this.#tellBlock(block);
  }

  /** What is missing at the very end. */
  finish(): void {
    this.#gap(this.#toldToMs, this.#span.toWallMs, false);
  }

  /** Outside the span: only where it ends matters. */
  #pass(block: Enclosed): void {
    if (block.toWallMs < this.#span.fromWallMs) this.#missing = [];
    this.#last = null;
    this.#toldToMs = block.toWallMs;
  }

  #skip(block: Enclosed, why: string): void {
    this.#gap(this.#toldToMs, block.fromWallMs, true);
    this.#last = null;
    this.#visitor.gap?.({ fromWallMs: block.fromWallMs, toWallMs: block.toWallMs, why });
    this.#toldToMs = block.toWallMs;
  }

  #tellBlock(enclosed: Enclosed): void {
    try {
      const block = openBlock(enclosed.body);
      const { head } = block;
      const last = this.#last;
      const continues = last?.session === head.session && last.block + 1 === head.block;
      if (!continues) this.#gap(this.#toldToMs, enclosed.fromWallMs, true);
      this.#missing = [];
      this.#last = { session: head.session, block: head.block };
      const { grid, fps, settings, view, pir = noPir } = head;
      if (!continues) this.#inside.begin({ grid, fps, settings, view, pir });
      block.play(this.#inside);
      this.#blocks += 1;
      this.#frames += enclosed.frames;
      this.#toldToMs = Math.max(enclosed.toWallMs, this.#gapToMs);
      this.#gapToMs = -Infinity;
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind !== "corrupt") throw error;
      this.#skip(enclosed, `it cannot be understood: ${fault.message}`);
    }
  }

  /** Between what was told and what comes, if it is long or something is known to be missing. */
  #gap(fromWallMs: number, toWallMs: number, more: boolean): void {
    const missing = this.#missing;
    this.#missing = [];
    const from = Math.max(fromWallMs, this.#span.fromWallMs);
    const to = Math.min(toWallMs, this.#span.toWallMs);
    const known = missing.length > 0;
    if (!known && (!more || fromWallMs === -Infinity || to - from < leastGapMs)) return;
    const why = known ? missing.join(", ") : "nothing was looked at: the camera or the doorbell was off";
    this.#visitor.gap?.({ fromWallMs: Math.min(from, to), toWallMs: to, why });
  }
}
