import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appendBlock } from "../../../../daemon/sight/journal/append.ts";
import { noticeOf } from "../../../../daemon/sight/journal/notice.ts";
import { HeldDays } from "../../../../daemon/keeper/calibration/held.ts";
import { filmOf, noon } from "../../calibration/film.ts";
import { tempFolder } from "../temp-folder.ts";
import { writeJournal } from "./past.ts";

const film = (startWallMs: number, seconds = 180) => filmOf({ seconds, startWallMs, levels: () => null });
const dayMs = 86_400_000;

test("nothing is held where there is no journal, or an empty one", async () => {
  await using folder = await tempFolder();
  const nothing = { span: null, bytes: 0, gaps: [] };
  expect(await new HeldDays().look(join(folder.path, "none"))).toEqual(nothing);
  expect(await new HeldDays().look(folder.path)).toEqual(nothing);
});

test("what is held goes from the first block to the last, with a gap where nothing was looked at", async () => {
  await using folder = await tempFolder();
  const bytes = [
    await writeJournal(folder.path, film(noon), "one"),
    await writeJournal(folder.path, film(noon + 185_000), "two"), // opened again: no gap
    await writeJournal(folder.path, film(noon + dayMs), "three"),
  ];
  const held = await new HeldDays().look(folder.path);
  expect(held.bytes).toBe(bytes.reduce((sum, each) => sum + each, 0));
  expect(held.span).toEqual({ fromWallMs: noon, toWallMs: noon + dayMs + 179_900 });
  expect(held.gaps).toEqual([
    {
      fromWallMs: noon + 185_000 + 179_900,
      toWallMs: noon + dayMs,
      why: expect.stringContaining("camera or the doorbell was off"),
    },
  ]);
});

test("a damaged block and one of another version are gaps with their reasons; the rest is held", async () => {
  await using folder = await tempFolder();
  await writeJournal(folder.path, film(noon, 300));
  const path = join(folder.path, (await readdir(folder.path))[0] ?? "");
  const bytes = await readFile(path);
  const starts: number[] = [];
  for (let at = bytes.indexOf("SGHT"); at >= 0; at = bytes.indexOf("SGHT", at + 1)) starts.push(at);
  const second = starts[1] ?? 0;
  bytes.fill(0, second + 44, second + 48);
  await writeFile(path, bytes);
  const { span, gaps } = await new HeldDays().look(folder.path);
  expect(span).toEqual({ fromWallMs: noon, toWallMs: noon + 299_900 });
  expect(gaps).toMatchObject([{ why: expect.stringMatching(/^\d+ bytes are damaged$/u) }]);
  expect((gaps[0]?.toWallMs ?? 0) - (gaps[0]?.fromWallMs ?? 0)).toBeGreaterThan(50_000);
});

test("a day that goes is not held any more, and one that grows is looked at again", async () => {
  await using folder = await tempFolder();
  await writeJournal(folder.path, film(noon), "one");
  const days = new HeldDays();
  expect((await days.look(folder.path)).span?.toWallMs).toBe(noon + 179_900);
  await writeJournal(folder.path, film(noon + 180_000), "two");
  expect((await days.look(folder.path)).span?.toWallMs).toBe(noon + 359_900);
  for (const name of await readdir(folder.path)) await rm(join(folder.path, name));
  expect(await days.look(folder.path)).toEqual({ span: null, bytes: 0, gaps: [] });
});

test("a time of which the journal itself says that nothing is known is a gap in its words", async () => {
  await using folder = await tempFolder();
  await writeJournal(folder.path, film(noon), "one");
  const masked = { fromWallMs: noon + 180_000, toWallMs: noon + 600_000, why: "everything was masked" };
  await appendBlock(folder.path, noticeOf(masked), Infinity);
  await writeJournal(folder.path, film(noon + 601_000), "two");
  // told while the day goes on: it may reach further than what was written
  const full = { fromWallMs: noon + 781_000, toWallMs: noon + 12 * 3_600_000, why: "the day is full" };
  await appendBlock(folder.path, noticeOf(full, full.fromWallMs), Infinity);
  const { span, gaps } = await new HeldDays().look(folder.path);
  expect(span).toEqual({ fromWallMs: noon, toWallMs: noon + 781_000 });
  expect(gaps).toEqual([masked, full]);
});

test("a block in which only somebody pressed is no gap", async () => {
  await using folder = await tempFolder();
  await writeJournal(
    folder.path,
    [...film(noon, 60), { type: "press", ptsUs: 60_000_000, wallMs: noon + 60_000 }],
    "one",
  );
  expect((await new HeldDays().look(folder.path)).gaps).toEqual([]);
});
