import { expect, test } from "vitest";
import { BlindWatch, reasonOf, type Sight } from "../../../daemon/keeper/blind-watch.ts";
import { patienceMs } from "../../../daemon/keeper/gaps.ts";
import type { Gap } from "../../../daemon/wire/api-timeline.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

type State = NonNullable<Sight["eye"]>["camera"]["state"];

const sees = (state: State = "running", visibleFrac = 0.5): Sight => ({
  eye: { camera: { state }, mask: { policyVersion: 1, visibleFrac } },
  diskFull: false,
});
const moved: Sight = {
  eye: {
    camera: { state: "running" },
    mask: { policyVersion: 1, visibleFrac: 0, guard: { state: "tripped", reason: "moved" } },
  },
  diskFull: false,
};
/** Somebody closed the sight of a camera that was moved before. */
const closed: Sight = {
  eye: {
    camera: { state: "running" },
    mask: { policyVersion: 1, visibleFrac: 0, closed: {}, guard: { state: "tripped", reason: "moved" } },
  },
  diskFull: false,
};

function watch() {
  const clock = new SimClock();
  const kept = new Map<string, Gap>();
  const now = { sight: sees() };
  const blind = new BlindWatch({ clock, sight: () => now.sight, keep: (gap) => kept.set(gap.id, gap) });
  blind.start();
  const see = async (sight: Sight, ms: number): Promise<void> => {
    now.sight = sight;
    await clock.advance(ms);
  };
  return { clock, blind, see, gaps: () => [...kept.values()] };
}

test.each([
  [sees(), null],
  [sees("asleep"), null],
  [sees("opening"), undefined],
  [sees("failed"), "camera"],
  [sees("stalled"), "camera"],
  [sees("running", 0), "masked"],
  [moved, "moved"],
  [closed, "privacy"],
  [{ ...sees(), diskFull: true }, "disk"],
  [{ eye: null, diskFull: true }, "eye"],
] as const)("%j is %s", (sight, reason) => {
  expect(reasonOf(sight)).toBe(reason);
});

test("a gap is kept once it has lasted, from when it was first seen, and again when it is over", async () => {
  const { clock, see, gaps } = watch();
  await see(sees(), 10_000);
  const startWallMs = clock.wallMs() + 2_000;
  await see(sees("failed"), patienceMs);
  expect(gaps()).toEqual([]);
  await see(sees("failed"), 4_000);
  expect(gaps()).toMatchObject([{ reason: "camera", startWallMs, endWallMs: null }]);
  await see(sees("opening"), 60_000);
  await see(sees(), 2_000);
  expect(gaps()).toMatchObject([{ reason: "camera", startWallMs, endWallMs: startWallMs + 74_000 }]);
});

test("what passes at once is no gap, and another reason is another gap", async () => {
  const { see, gaps } = watch();
  await see(sees("failed"), 6_000);
  await see(sees(), 20_000);
  expect(gaps()).toEqual([]);
  await see(sees("running", 0), 20_000);
  await see({ eye: null, diskFull: false }, 20_000);
  await see(sees(), 4_000);
  expect(gaps().map(({ reason, endWallMs }) => [reason, endWallMs !== null])).toEqual([
    ["masked", true],
    ["eye", true],
  ]);
});

test("a time in which nothing ran is one, unless it was a moment or the clock went back", () => {
  const { clock, blind, gaps } = watch();
  blind.wasOff(clock.wallMs() - 5_000);
  blind.wasOff(clock.wallMs() + 60_000);
  expect(gaps()).toEqual([]);
  blind.wasOff(clock.wallMs() - 3_600_000);
  expect(gaps()).toMatchObject([{ reason: "off", endWallMs: clock.wallMs() }]);
});
