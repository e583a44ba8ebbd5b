/**
 * Motion journal: the blocks of all pipelines of one eye, to the disk one after the other.
 *
 * Nobody waits for it. At most four blocks wait; one that cannot be written (slow or full disk, day that is
 * full) is dropped, its frames are counted, and the next one that can be is preceded by a gap that says why.
 * It never asks for room: recordings are worth more.
 */
import { toFault, type Fault } from "../../../hal/fault.ts";
import { appendBlock } from "../../sight/journal/append.ts";
import type { BlockWriter } from "../../sight/journal/block-writer.ts";
import { noticeOf } from "../../sight/journal/notice.ts";
import type { JournalGap } from "../../sight/journal/records.ts";
import type { Stage } from "../stages.ts";
import { dayOf } from "../../wire/paths.ts";
import { keep, type Keeping, type KeepingStart } from "./keeping.ts";

const mostWaiting = 4;
const dayMs = 86_400_000;
/** A full day still takes the notice that it is full. */
const noticeBytes = 64 * 1024;

export interface MotionJournalOptions {
  readonly folder: string;
  /** What one day's file may grow to. */
  readonly mostBytesPerDay: number;
  readonly stage: Stage;
  readonly newId: () => string;
}

interface Waiting {
  readonly block: BlockWriter;
  /** What was refused right before it. */
  readonly before: JournalGap | null;
}

export class MotionJournal {
  readonly #options: MotionJournalOptions;
  readonly #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #newest: Keeping | null = null;
  /** The day that takes no more. */
  #fullDay = "";
  /** What could not be written since the last block that was. */
  #lost: JournalGap | null = null;
  /** What was refused since the last block that waits. */
  #refused: JournalGap | null = null;
  /** Why nothing can be written right now. */
  fault: Fault | null = null;

  constructor(options: MotionJournalOptions) {
    this.#options = options;
  }

  /** Frames written and not written since the start. */
  get counts(): { readonly frames: number; readonly dropped: number } {
    const { out, dropped } = this.#options.stage;
    return { frames: out, dropped };
  }

  /** For one pipeline. */
  begin(start: Omit<KeepingStart, "session" | "onBlock">): Keeping {
    const session = this.#options.newId();
    this.#newest = keep({ ...start, session, onBlock: (block) => this.#push(block) });
    return this.#newest;
  }

  /** What is held back goes to the disk now; resolves when it is there, or dropped and counted. */
  async flush(): Promise<void> {
    this.#newest?.flush();
    await this.idle();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  #push(block: BlockWriter): void {
    this.#options.stage.in += block.frames;
    if (this.#waiting.length >= mostWaiting) {
      this.#skip(block);
      this.#refused = joined(this.#refused, gapOf(block, "the disk was too slow"));
      return;
    }
    this.#waiting.push({ block, before: this.#refused });
    this.#refused = null;
    this.#writing ??= this.#drain();
  }

  async #drain(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const { block, before } = next;
      this.#lost = joined(this.#lost, before);
      await this.#write(block).catch((error: unknown) => this.#failed(block, toFault(error)));
    }
    this.#writing = null;
  }

  async #write(block: BlockWriter): Promise<void> {
    const { folder, mostBytesPerDay, stage } = this.#options;
    const day = dayOf(block.toWallMs);
    if (day === this.#fullDay) return this.#skip(block);
    if (this.#lost !== null) await appendBlock(folder, noticeOf(this.#lost), mostBytesPerDay + noticeBytes);
    this.#lost = null;
    const written = await appendBlock(folder, block, mostBytesPerDay);
    this.fault = null;
    if (written > 0) {
      stage.out += block.frames;
      return;
    }
    this.#fullDay = day;
    this.#skip(block);
    const toWallMs = (Math.floor(block.toWallMs / dayMs) + 1) * dayMs;
    const gap = { ...gapOf(block, "the day's journal is full (motion.journalMbPerDay)"), toWallMs };
    await appendBlock(folder, noticeOf(gap, block.fromWallMs), mostBytesPerDay + noticeBytes).catch(
      (error: unknown) => (this.fault = toFault(error)),
    );
  }

  #failed(block: BlockWriter, fault: Fault): void {
    this.fault = fault;
    this.#options.stage.lastError = fault.message;
    this.#skip(block);
    const why = fault.kind === "exhausted" ? "the disk was full" : "the disk refused it";
    this.#lost = joined(this.#lost, gapOf(block, why));
  }

  #skip({ frames }: BlockWriter): void {
    this.#options.stage.dropped += frames;
  }
}

function gapOf({ fromWallMs, toWallMs }: BlockWriter, why: string): JournalGap {
  return { fromWallMs, toWallMs, why };
}

function joined(one: JournalGap | null, other: JournalGap | null): JournalGap | null {
  if (one === null || other === null) return one ?? other;
  const fromWallMs = Math.min(one.fromWallMs, other.fromWallMs);
  return { fromWallMs, toWallMs: Math.max(one.toWallMs, other.toWallMs), why: one.why };
}
