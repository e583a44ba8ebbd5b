/** Since when something is wrong, what was wrong before: by running time, flapping counted, short ones forgotten, bounded. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ProblemLog, type Problem } from "../../../daemon/keeper/problem-log.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const camera: Problem = { id: "camera", text: "camera failed" };
const disk: Problem = { id: "full", text: "the disk is full" };

test("what stands is as old as the first look that saw it, whatever the wall clock does", async () => {
  const clock = new SimClock();
  const log = new ProblemLog(clock);
  log.look([camera]);
  await clock.advance(5_000);
  clock.stepWall(86_400_000);
  log.look([camera, disk]);
  await clock.advance(1_000);
  expect(log.standing).toEqual([
    { ...camera, forMs: 6_000 },
    { ...disk, forMs: 1_000 },
  ]);
  expect(log.past).toEqual([]);
});

test("its words may change while it stands", async () => {
  const clock = new SimClock();
  const log = new ProblemLog(clock);
  log.look([camera]);
  await clock.advance(20_000);
  log.look([{ ...camera, text: "camera stalled" }]);
  expect(log.standing).toEqual([{ id: "camera", text: "camera stalled", forMs: 20_000 }]);
});

test("what is over is past, with how long it was and since when it is over", async () => {
  const clock = new SimClock();
  const log = new ProblemLog(clock);
  log.look([camera]);
  await clock.advance(30_000);
  log.look([]);
  await clock.advance(4_000);
  expect(log.standing).toEqual([]);
  expect(log.past).toEqual([{ ...camera, forMs: 30_000, agoMs: 4_000, times: 1 }]);
});

test("what comes back within a minute goes on; later it is another", async () => {
  const clock = new SimClock();
  const log = new ProblemLog(clock);
  log.look([camera]);
  await clock.advance(30_000);
  log.look([]);
  await clock.advance(59_000);
  log.look([camera]);
  expect(log.standing).toEqual([{ ...camera, forMs: 89_000 }]);
  await clock.advance(1_000);
  log.look([]);
  await clock.advance(60_000);
  log.look([]);
  log.look([camera]);
  await clock.advance(2_000);
  expect(log.past).toEqual([{ ...camera, forMs: 90_000, agoMs: 62_000, times: 2 }]);
  expect(log.standing).toEqual([{ ...camera, forMs: 2_000 }]);
});

test("a camera that takes some seconds to open was never wrong", async () => {
  const clock = new SimClock();
  const log = new ProblemLog(clock);
  log.look([camera]);
  await clock.advance(9_000);
  log.look([]);
  await clock.advance(120_000);
  log.look([]);
  expect(log.past).toEqual([]);
});

test("whatever happens for however long: few are remembered, newest first, and what stands is what was seen last", async () => {
  const looks = fc.array(
    fc.record({ seen: fc.subarray(["a", "b", "c"]), afterMs: fc.integer({ min: 0, max: 200_000 }) }),
    { minLength: 1, maxLength: 300 },
  );
  await fc.assert(
    fc.asyncProperty(looks, async (all) => {
      const clock = new SimClock();
      const log = new ProblemLog(clock);
      for (const { seen, afterMs } of all) {
        log.look(seen.map((id) => ({ id, text: id })));
        await clock.advance(afterMs);
      }
      const { past, standing } = log;
      expect(standing.map(({ id }) => id).toSorted()).toEqual(all.at(-1)?.seen.toSorted());
      expect(past.length).toBeLessThanOrEqual(50);
      expect(past.map(({ agoMs }) => agoMs)).toEqual(
        past.map(({ agoMs }) => agoMs).toSorted((a, b) => a - b),
      );
      for (const { forMs, agoMs } of past) expect([forMs >= 10_000, agoMs >= 0]).toEqual([true, true]);
    }),
    { numRuns: 50 },
  );
});
