/**
 * Stories for the journal's tests: made-up frames and what happens between them, written through the feed and
 * read back, and what a visitor was told as one list.
 */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendBlock } from "../../../../daemon/sight/journal/append.ts";
import type { BlockWriter, SeenFrame } from "../../../../daemon/sight/journal/block-writer.ts";
import { JournalFeed, type FeedStart } from "../../../../daemon/sight/journal/feed.ts";
import type { PirState } from "../../../../daemon/sight/pir-track.ts";
import { readJournal } from "../../../../daemon/sight/journal/reader.ts";
import type { JournalSpan, JournalVisitor } from "../../../../daemon/sight/journal/records.ts";

/** 2026-01-31, 12:00 UTC. */
export const noonMs = Date.UTC(2026, 0, 31, 12);
export const always: JournalSpan = { fromWallMs: 0, toWallMs: 4e12 };
export const grid = { width: 64, height: 36, cols: 8, rows: 5 };
export const cells = grid.cols * grid.rows;

export type Happening =
  | ({ readonly type: "frame" } & SeenFrame)
  | { readonly type: "press" | "stopped" | "camera-lost"; readonly ptsUs: number }
  | { readonly type: "wake"; readonly ptsUs: number }
  | { readonly type: "pir"; readonly state: PirState; readonly ptsUs: number }
  | { readonly type: "settings"; readonly sensitivity: number };

export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "sill-journal-"));
}

export const start: Omit<FeedStart, "onBlock"> = {
  session: "one",
  grid,
  fps: 15,
  settings: { sensitivity: 50, zones: [] },
  view: undefined,
  visible: Uint16Array.from({ length: cells }, (_, k) => k),
};

/** Writes it and answers how many bytes that took. */
export async function write(
  folder: string,
  story: Iterable<Happening>,
  options: Partial<FeedStart> = {},
): Promise<number> {
  const blocks: BlockWriter[] = [];
  const feed = new JournalFeed({ ...start, ...options, onBlock: (block) => blocks.push(block) });
  for (const each of story) {
    if (each.type === "frame") feed.frame(each);
    else if (each.type === "press") feed.press(each.ptsUs);
    else if (each.type === "wake") feed.wake(each.ptsUs);
    else if (each.type === "pir") feed.pir(each.state, each.ptsUs);
    else if (each.type === "settings") feed.settings({ sensitivity: each.sensitivity, zones: [] });
    else feed.end(each.ptsUs, each.type);
  }
  feed.flush();
  let bytes = 0;
  for (const block of blocks) bytes += await appendBlock(folder, block, Infinity);
  return bytes;
}

export type Told =
  | { readonly told: "frame"; readonly ptsUs: number; readonly wallMs: number; readonly levels: string }
  | {
      readonly told: "session" | "settings" | "press" | "pir" | "wake" | "end" | "gap";
      readonly [key: string]: unknown;
    };

export async function read(folder: string, span: JournalSpan = always): Promise<Told[]> {
  const told: Told[] = [];
  const visitor: JournalVisitor = {
    session: (session) => told.push({ told: "session", ...session }),
    settings: (wallMs, { sensitivity }) => told.push({ told: "settings", wallMs, sensitivity }),
    frame: ({ levels, ...frame }) =>
      told.push({ told: "frame", ...frame, levels: Buffer.from(levels).toString("hex") }),
    press: (ptsUs, wallMs) => told.push({ told: "press", ptsUs, wallMs }),
    pir: (state, ptsUs) => told.push({ told: "pir", state, ptsUs }),
    wake: (ptsUs, wallMs) => told.push({ told: "wake", ptsUs, wallMs }),
    end: (ptsUs, reason) => told.push({ told: "end", ptsUs, reason }),
    gap: (gap) => told.push({ told: "gap", ...gap }),
  };
  await readJournal(folder, span, visitor);
  return told;
}

/** `count` frames from `atMs` after noon on; every tenth moves something. */
export function minutes(count: number, atMs = 0, stepMs = 100): Happening[] {
  return Array.from({ length: count }, (_, i) => ({
    type: "frame",
    ptsUs: i * stepMs * 1_000,
    wallMs: noonMs + atMs + i * stepMs,
    light: "bright",
    minute: 0,
    levels: new Uint8Array(cells).fill(i % 10 === 9 ? 1 + (i % 100) : 0, 3, 9),
    analysed: true,
  }));
}
