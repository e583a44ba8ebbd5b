/** What waits to be told: a damaged file is kept aside, and said. */
import { expect, test } from "vitest";
import { noCounts } from "../../../../daemon/alerts/counts.ts";
import type { Sum } from "../../../../daemon/alerts/sum.ts";
import { HeldFile } from "../../../../daemon/keeper/told/held-file.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { BrittleFiles } from "../../files/brittle-files.ts";

const damaged = new TextEncoder().encode('{"version":1,"listeners":{"house":');

function two(clock: SimClock): Sum {
  const wall = { firstWallMs: clock.wallMs(), lastWallMs: clock.wallMs() };
  const mono = { firstMonoMs: clock.monoMs(), lastMonoMs: clock.monoMs() };
  const counts = { ...noCounts, rings: 1, motions: 1, persons: 2 };
  return { why: "quiet", ...counts, lastId: "ring-0001", zones: ["Path"], ...wall, ...mono };
}

test("one that cannot be read holds nothing, says so, and is kept aside before a new one is written", async () => {
  const [files, clock] = [new BrittleFiles(new Map([["held.json", damaged]])), new SimClock()];
  const held = await HeldFile.open(files, clock);
  expect(held.first.size).toBe(0);
  expect(held.fault).toMatchObject({ kind: "corrupt" });
  await held.keep(new Map(), { now: false });
  expect(files.changes).toEqual(["write held.damaged.json", "write held.json"]);
  expect(files.disk.get("held.damaged.json")).toEqual(damaged);
  const next = await HeldFile.open(files, clock);
  expect([next.fault, next.first.size]).toEqual([null, 0]);
});

test("where it cannot be kept aside it is not written over, and that is tried again", async () => {
  const [files, clock] = [new BrittleFiles(new Map([["held.json", damaged]])), new SimClock()];
  const held = await HeldFile.open(files, clock);
  const sums = new Map([["house", two(clock)]]);
  files.roomBytes = 0;
  await held.keep(sums, { now: true });
  expect(files.disk.get("held.json")).toEqual(damaged);
  files.roomBytes = Infinity;
  await held.keep(sums, { now: true });
  expect(files.disk.get("held.damaged.json")).toEqual(damaged);
  expect((await HeldFile.open(files, clock)).first).toEqual(sums);
});
