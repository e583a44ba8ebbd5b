import { expect, test } from "vitest";
import { busyFigures, idleFigures } from "../../../../scripts/bench/soak/figures.ts";
import {
  houseLine,
  processSample,
  writtenBytes,
  type HouseSample,
  type ProcessSample,
} from "../../../../scripts/bench/soak/sample.ts";

const mb = 1_048_576;
const hourMs = 3_600_000;

const process = (hour: number, pid = 7): ProcessSample => ({
  pid,
  rssBytes: (100 + hour) * mb,
  descriptors: 30 + hour,
  threads: 11,
});

const sample = (hour: number, keeperPid = 7): HouseSample => ({
  type: "sample",
  monoMs: hour * hourMs,
  processes: { keeper: process(hour, keeperPid), eye: process(0), courier: process(0) },
  writtenBytes: hour * 10 * mb,
  indexBytes: 2 * mb,
  presses: hour * 10,
  cooled: hour,
  rings: hour * 9,
  motions: hour,
  clips: hour,
  evicted: 0,
  frames: hour,
  dropped: hour > 0 ? { button: hour, camera: 4 } : {},
  fragments: hour * 3_600,
});

const lived = (samples: readonly HouseSample[]) => ({
  samples,
  end: { type: "end" as const, exitCode: 0, log: [] },
  wallMs: 1,
});

const valuesOf = (figures: readonly { name: string; value: number }[]) =>
  Object.fromEntries(figures.map(({ name, value }) => [name, value]));

test("a keeper that grows and starts again is seen; who grows not is not", () => {
  const hours = Array.from({ length: 25 }, (_, hour) => hour);
  const found = valuesOf(busyFigures([lived(hours.map((hour) => sample(hour, hour < 20 ? 7 : 8)))], hourMs));
  expect(found).toMatchObject({
    "soak.hours": 24,
    "soak.keeper.rss.slope.mb_per_day": 24,
    "soak.keeper.descriptors.growth": 18,
    "soak.eye.rss.slope.mb_per_day": 0,
    "soak.eye.descriptors.growth": 0,
    "soak.restarts": 1,
    "soak.presses.lost": 0,
    "soak.dropped": 4,
    "soak.busy.written.mb_per_day": 240,
  });
});

test("presses that rang and are in no event are lost; those in the cool-down are not", () => {
  const last = { ...sample(2), presses: 30, cooled: 5, rings: 22 };
  expect(valuesOf(busyFigures([lived([sample(0), last])], 0))).toMatchObject({ "soak.presses.lost": 3 });
});

test("of two houses hours and counts are added up, and the one that grows counts", () => {
  const steady = [0, 1, 2, 3].map((hour) => ({ ...sample(hour), processes: sample(0).processes }));
  const growing = [0, 1, 2].map((hour) => sample(hour));
  expect(valuesOf(busyFigures([lived(steady), lived(growing)], 0))).toMatchObject({
    "soak.hours": 5,
    "soak.presses": 50,
    "soak.keeper.rss.slope.mb_per_day": 24,
    "soak.keeper.descriptors.growth": 2,
  });
});

test("an idle stretch is carried on to a day and says how long it was", () => {
  const [idle] = idleFigures(lived([sample(0), sample(1), sample(3)]), hourMs);
  expect(idle).toMatchObject({ value: 240, unit: "MB, from 2.0 h", goal: 500, ok: true });
});

test("what the kernel says of a process and a disk is read", () => {
  const status = "Name:\tnode\nVmRSS:\t   2048 kB\nThreads:\t12\n";
  expect(processSample(5, status, 31)).toEqual({ pid: 5, rssBytes: 2 * mb, descriptors: 31, threads: 12 });
  expect(writtenBytes("   10  0  80 0  4  0  6 0 0 0 0\n")).toBe(3_072);
});

test("a line that is none of the house's is no sample", () => {
  expect(houseLine("mke2fs 1.47")).toBeNull();
  expect(houseLine(JSON.stringify(sample(1)))).toEqual(sample(1));
});
