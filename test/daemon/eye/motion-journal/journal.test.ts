import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MotionJournal } from "../../../../daemon/eye/motion-journal/journal.ts";
import type { Keeping } from "../../../../daemon/eye/motion-journal/keeping.ts";
import { Stages } from "../../../../daemon/eye/stages.ts";
import { smallDisk } from "../../../../scripts/rigs/small-disk.ts";
import { cells, minutes, newFolder, noonMs, read, start, type Happening } from "../../sight/journal/story.ts";

const megabyte = 1_000_000;

function journalIn(folder: string, mostBytesPerDay = megabyte): MotionJournal {
  let ids = 0;
  const newId = (): string => `session-${(ids += 1)}`;
  return new MotionJournal({ folder, mostBytesPerDay, stage: new Stages().at("journal"), newId });
}

function tell(keeping: Keeping, story: readonly Happening[]): void {
  for (const each of story)
    if (each.type === "frame") keeping.frame(each, { ...each, held: each.held ?? false });
}

/** Restless enough that nothing packs. */
const restless = (count: number, atMs = 0): Happening[] =>
  minutes(count, atMs).map((each, i) =>
    each.type === "frame"
      ? {
          ...each,
          levels: Uint8Array.from(
            { length: cells },
            (_, k) => (Math.imul(k + 1, i * 2_654_435_761) >>> 8) % 101,
          ),
        }
      : each,
  );

describe("the eye's motion journal", () => {
  test("is on the disk when a session ends, and says how many frames it took", async () => {
    const folder = join(await newFolder(), "motion");
    const journal = journalIn(folder);
    const keeping = journal.begin(start);
    tell(keeping, minutes(700));
    keeping.press(60_000_000);
    keeping.end(69_900_000, "stopped");
    await journal.idle();
    expect(journal.counts).toEqual({ frames: 700, dropped: 0 });
    const told = await read(folder);
    expect(told.filter((each) => each.told === "frame")).toHaveLength(700);
    expect(told.slice(-2)).toMatchObject([
      { told: "press", ptsUs: 60_000_000, wallMs: noonMs + 60_000 },
      { told: "end", ptsUs: 69_900_000, reason: "stopped" },
    ]);
  });

  test("writes a block when a minute is over, without being asked", async () => {
    const folder = await newFolder();
    const journal = journalIn(folder);
    tell(journal.begin(start), minutes(602));
    await journal.idle();
    expect(journal.counts.frames).toBe(601);
  });

  test("is on the disk up to now when it is asked to be, and goes on without a seam", async () => {
    const folder = await newFolder();
    const journal = journalIn(folder);
    const keeping = journal.begin(start);
    tell(keeping, minutes(50));
    await journal.flush();
    expect((await read(folder)).filter((each) => each.told === "frame")).toHaveLength(50);
    tell(keeping, minutes(100).slice(50));
    await journal.flush();
    expect((await read(folder)).map((each) => each.told)).toEqual([
      "session",
      ...minutes(100).map(() => "frame"),
    ]);
  });

  test("where everything is masked has no frame, and a gap that says so", async () => {
    const folder = await newFolder();
    const journal = journalIn(folder);
    const keeping = journal.begin({ ...start, visible: new Uint16Array(0) });
    tell(keeping, minutes(700));
    keeping.press(1);
    keeping.end(69_900_000, "stopped");
    await journal.idle();
    expect(await read(folder)).toEqual([
      {
        told: "gap",
        fromWallMs: noonMs,
        toWallMs: noonMs + 69_900,
        why: "nothing could be seen: everything was masked",
      },
    ]);
  });

  test("never has a masked cell, whatever its level", async () => {
    const folder = await newFolder();
    const journal = journalIn(folder);
    const keeping = journal.begin({ ...start, visible: Uint16Array.of(3, 4, 20) });
    tell(keeping, restless(200));
    keeping.end(20_000_000, "stopped");
    await journal.idle();
    const seen = new Set<number>();
    for (const each of await read(folder))
      if (each.told === "frame")
        for (const [k, level] of Buffer.from(each.levels, "hex").entries()) if (level > 0) seen.add(k);
    expect([...seen].toSorted((a, b) => a - b)).toEqual([3, 4, 20]);
  });

  test("stops at the most that a day may have, counts what it drops, and says until when", async () => {
    const folder = await newFolder();
    const journal = journalIn(folder, 40_000);
    const keeping = journal.begin(start);
    for (let minute = 0; minute < 6; minute += 1) {
      tell(keeping, restless(600, minute * 60_000));
      await journal.idle();
    }
    keeping.end(0, "stopped");
    await journal.idle();
    const { frames, dropped } = journal.counts;
    expect([frames + dropped, frames > 0, dropped > 0]).toEqual([3_600, true, true]);
    const gaps = (await read(folder)).filter((each) => each.told === "gap");
    expect(gaps).toMatchObject([
      { toWallMs: Date.UTC(2026, 1, 1), why: "the day's journal is full (motion.journalMbPerDay)" },
    ]);
    const { size } = await stat(join(folder, "2026-01-31.sight"));
    expect(size).toBeLessThanOrEqual(41_000);
    // the next day takes them again
    tell(journal.begin(start), minutes(700, 86_400_000));
    await journal.idle();
    expect(journal.counts.frames).toBe(frames + 601);
  });

  test("on a full disk drops, counts and says so; when there is room it goes on and tells the gap", async (context) => {
    await using disk = await smallDisk(1);
    if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
    const folder = join(disk.path, "motion");
    await mkdir(folder);
    disk.fill();
    const journal = journalIn(folder);
    const keeping = journal.begin(start);
    tell(keeping, restless(1_300));
    await journal.idle();
    expect(journal.counts).toEqual({ frames: 0, dropped: 1_202 });
    expect(journal.fault?.kind).toBe("exhausted");
    disk.empty();
    tell(keeping, restless(1_300, 130_000));
    keeping.end(0, "stopped");
    await journal.idle();
    expect([journal.counts.dropped, journal.fault]).toEqual([1_202, null]);
    const told = await read(folder);
    expect(told[0]).toMatchObject({
      told: "gap",
      fromWallMs: noonMs,
      toWallMs: noonMs + 120_100,
      why: "the disk was full",
    });
    expect(told.filter((each) => each.told === "frame")).toHaveLength(2_600 - 1_202);
  });

  test("behind a disk that hangs holds four blocks, and drops the rest without making a frame wait", async () => {
    const folder = await newFolder();
    const journal = journalIn(folder);
    const keeping = journal.begin(start);
    tell(keeping, minutes(6_020)); // ten blocks before the first can be written
    await journal.idle();
    expect(journal.counts.frames + journal.counts.dropped).toBe(6_010);
    expect(journal.counts.dropped).toBe(5 * 601);
    tell(keeping, minutes(700, 602_000));
    await journal.idle();
    const gaps = (await read(folder)).filter((each) => each.told === "gap");
    expect(gaps).toMatchObject([{ why: "the disk was too slow" }]);
  });

  test("goes on behind a block that a power cut left half written", async () => {
    const folder = await newFolder();
    const journal = journalIn(folder);
    tell(journal.begin(start), minutes(602));
    await journal.idle();
    const path = join(folder, (await readdir(folder))[0] ?? "");
    const bytes = await readFile(path);
    await writeFile(path, Buffer.concat([bytes, bytes.subarray(0, bytes.length / 2)]));
    const again = journalIn(folder);
    tell(again.begin(start), minutes(602, 120_000));
    await again.idle();
    expect((await read(folder)).filter((each) => each.told === "frame")).toHaveLength(1_202);
  });
});
