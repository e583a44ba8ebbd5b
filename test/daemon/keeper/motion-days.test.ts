import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { forRoom, MotionDays, tooOld } from "../../../daemon/keeper/motion-days.ts";
import { tempFolder } from "./temp-folder.ts";

const days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"].map((day) => ({
  day,
  path: day,
  bytes: 100,
}));
const noonMs = Date.UTC(2026, 0, 4, 12);
const names = (all: readonly { day: string }[]): string[] => all.map(({ day }) => day);

describe("of the motion journal", () => {
  test("days go when they are older than they are kept", () => {
    expect(names(tooOld(days, 2, noonMs))).toEqual(["2026-01-01"]);
    expect(names(tooOld(days, 7, noonMs))).toEqual([]);
  });

  test("none goes for its age while the clock is not believed; all go when none is kept", () => {
    expect(names(tooOld(days, 2, null))).toEqual([]);
    expect(names(tooOld(days, 0, null))).toEqual(names(days));
  });

  test("days that are still to come go too, once the clock is believed: nothing could ever ask for them", () => {
    const leapt = [
      ...days,
      { day: "2026-01-05", path: "", bytes: 1 },
      { day: "2099-01-01", path: "", bytes: 1 },
    ];
    expect(names(tooOld(leapt, 7, noonMs))).toEqual(["2099-01-01"]); // tomorrow may be a clock that was set back a little
    expect(names(tooOld(leapt, 7, null))).toEqual([]);
  });

  test("as many of the oldest go as make room, and never the one that is being written", () => {
    expect(names(forRoom(days, 0))).toEqual([]);
    expect(names(forRoom(days, 101))).toEqual(["2026-01-01", "2026-01-02"]);
    expect(names(forRoom(days, 1e9))).toEqual(["2026-01-01", "2026-01-02", "2026-01-03"]);
  });

  test("only its own files go", async () => {
    await using folder = await tempFolder();
    for (const name of ["2026-01-01.sight", "2026-01-03.sight", "notes.txt"])
      await writeFile(join(folder.path, name), "x");
    const motion = new MotionDays(folder.path, 2);
    await motion.dropOld(noonMs);
    expect([await readdir(folder.path), motion.aged]).toEqual([["2026-01-03.sight", "notes.txt"], 1]);
    await new MotionDays(join(folder.path, "nowhere"), 2).dropOld(noonMs);
  });
});
