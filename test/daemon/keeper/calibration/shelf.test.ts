import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { Shelf, type Wanted } from "../../../../daemon/keeper/calibration/shelf.ts";
import { blob, filmOf, noon, timing } from "../../calibration/film.ts";
import { tempFolder } from "../temp-folder.ts";
import { writeJournal } from "./past.ts";

const minutes = 5;
const film = filmOf({
  seconds: minutes * 60,
  startWallMs: noon,
  levels: (second) => (second % 60 < 5 ? blob(60, [0.5, 0.5], [0.2, 0.2]) : null),
});
const span = { fromWallMs: noon, toWallMs: noon + minutes * 60_000 };

function wanted(folder: string, ticket: number, change: Partial<Wanted> = {}): Wanted {
  return { ticket, folder, areas: [], span, timing, fresh: false, ...change };
}

const framesOf = ({ chunks }: { chunks: readonly { count: number }[] }): number =>
  chunks.reduce((sum, { count }) => sum + count, 0);

test("what was read is not read again, for the same areas and any time within", async () => {
  await using folder = await tempFolder();
  await writeJournal(folder.path, film);
  const shelf = new Shelf(() => {});
  const first = await shelf.tracks(wanted(folder.path, 1));
  expect(framesOf(first)).toBeGreaterThan(minutes * 50);
  await rm(folder.path, { recursive: true });
  expect(framesOf(await shelf.tracks(wanted(folder.path, 2)))).toBe(framesOf(first));
  const inner = { fromWallMs: noon + 60_000, toWallMs: noon + 120_000 };
  expect((await shelf.tracks(wanted(folder.path, 3, { span: inner }))).span).toEqual(inner);
  // a minute later at most: what is newer than the tracks is not in them
  const later = { ...span, toWallMs: span.toWallMs + 30_000 };
  expect((await shelf.tracks(wanted(folder.path, 4, { span: later }))).span.toWallMs).toBe(span.toWallMs);
  // but not for other areas, an earlier beginning, a much later end, or a walk
  const rect = [[0, 0] as const, [1, 0] as const, [1, 1] as const];
  const others: Partial<Wanted>[] = [
    { areas: [{ name: "a", polygon: rect }] },
    { span: { ...span, fromWallMs: noon - 1 } },
    { span: { ...span, toWallMs: span.toWallMs + 120_000 } },
    { fresh: true },
  ];
  for (const other of others) expect(framesOf(await shelf.tracks(wanted(folder.path, 5, other)))).toBe(0);
});

test("two who want the same wait for one pass; it goes on while one of them is there", async () => {
  await using folder = await tempFolder();
  await writeJournal(folder.path, film);
  const progress: number[] = [];
  const shelf = new Shelf((doneFrac) => progress.push(doneFrac));
  const first = shelf.tracks(wanted(folder.path, 1));
  const second = shelf.tracks(wanted(folder.path, 2));
  shelf.cancel(1);
  expect((await first).chunks).toBe((await second).chunks);
  expect(progress.length).toBe(minutes); // a block a minute, once
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
});

test("a pass that nobody waits for any more ends, and the next one is not kept from running", async () => {
  await using folder = await tempFolder();
  await writeJournal(folder.path, film);
  const shelf = new Shelf(() => {});
  const first = shelf.tracks(wanted(folder.path, 1));
  shelf.cancel(1);
  await expect(first).rejects.toMatchObject({ kind: "cancelled" });
  expect(framesOf(await shelf.tracks(wanted(folder.path, 2)))).toBeGreaterThan(0);
});
