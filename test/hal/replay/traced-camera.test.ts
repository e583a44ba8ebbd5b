/**
 * A hardware trace as the camera: the driver's contract, and that what was recorded happens again, at its times.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CameraDriver } from "../../../hal/camera.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import { readCameraPlan } from "../../../hal/replay/camera-plan.ts";
import { tracedCamera, type TracedCameraOptions } from "../../../hal/replay/traced-camera.ts";
import { SimClock, simEpochWallMs } from "../../../hal/sim/clock.ts";
import type { Moment } from "../../../hal/trace/format.ts";
import { describeCamera } from "../../contract/camera.ts";
import { buttonLine, traceOf } from "../trace/rigs.ts";
import { cameraMoments, lives, type Life } from "./camera-life.ts";
import { watchCamera } from "./camera-watch.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-traced-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
/** Already read, because reading takes no time of a simulated clock. */
async function planOf(
  moments: readonly Moment[],
  endMs?: number,
): Promise<Pick<TracedCameraOptions, "name" | "plan">> {
  const plan = await readCameraPlan(await saved(moments, endMs));
  return { name: "x", plan: async () => plan };
}

async function saved(moments: readonly Moment[], endMs = 60_000): Promise<string> {
  files += 1;
  const file = join(folder, `${files}.trace.jsonl`);
  await writeFile(file, traceOf(moments, { lines: [buttonLine], endNs: Math.round(endMs * 1e6) }));
  return file;
}

const ms = 1e6;
const state = (atMs: number, told: "running" | "stalled" | "failed", width = 96, height = 64): Moment => {
  return { type: "camera", atNs: atMs * ms, state: told, width, height, fps: 10 };
};
const frames = (count: number, fromMs = 0): Moment[] =>
  Array.from({ length: count }, (_, n) => {
    return { type: "frame", atNs: (fromMs + n * 100) * ms, sequence: n, ptsUs: n * 100_000, dropped: 0 };
  });

/** Made late, when the plan is there. */
function driverOf(
  make: () => ReturnType<typeof planOf>,
  options: Partial<TracedCameraOptions> = {},
): CameraDriver {
  let driver: CameraDriver | null = null;
  return {
    open: async (signal) => {
      const clock = options.clock ?? new SimClock();
      driver ??= tracedCamera({ ...(await make()), loop: false, pace: "fast", clock, ...options });
      return driver.open(signal);
    },
  };
}

let clock = new SimClock();
const live = (moments: readonly Moment[], options: Partial<TracedCameraOptions> = {}): CameraDriver => {
  clock = new SimClock();
  return driverOf(() => planOf(moments, 3_000), { clock, pace: "real", ...options });
};

describeCamera("traced", {
  finite: (count) => driverOf(() => planOf([state(0, "running"), ...frames(count)])),
  stalls: () => live([state(0, "running"), ...frames(3), state(900, "stalled")]),
  elapse: () => clock.advance(100),
  resizes: () =>
    live(
      [
        state(0, "running"),
        ...frames(3),
        state(900, "failed"),
        state(1_500, "running", 48, 32),
        ...frames(3, 1_500),
      ],
      { loop: true, epochWallMs: simEpochWallMs - 1_500 },
    ),
  dies: () => live([state(0, "running"), ...frames(3), state(900, "failed")]),
  missing: () =>
    driverOf(async () => ({ name: "x", plan: () => readCameraPlan("/nowhere/porch.trace.jsonl") })),
  tooLarge: () => driverOf(() => planOf([state(0, "running"), ...frames(1)]), { maxFramePx: 96 * 63 }),
});

/** What a doorbell would record of the replay, until the trace is over. */
async function again(moments: readonly Moment[], lengthMs: number): Promise<Moment[]> {
  const clock = new SimClock();
  const traced = await planOf(moments, lengthMs);
  return watchCamera(tracedCamera({ ...traced, loop: false, pace: "real", clock }), clock, lengthMs);
}

test("whatever a camera did, it does again: the same frames, losses and ends, at the same times", async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (life: readonly Life[]) => {
      const { moments, lengthMs } = cameraMoments(life);
      const once = await again(moments, lengthMs);
      expect(once).toEqual(moments);
      expect(JSON.stringify(await again(once, lengthMs))).toBe(JSON.stringify(once));
    }),
    { numRuns: 100 },
  );
}, 60_000);

describe("a doorbell that starts later than its trace", () => {
  test("joins where the trace is by then", async () => {
    const clock = new SimClock(simEpochWallMs + 250);
    const traced = await planOf([state(0, "running"), ...frames(5)], 1_000);
    const camera = tracedCamera({ ...traced, loop: false, pace: "real", clock, epochWallMs: simEpochWallMs });
    const seen = await watchCamera(camera, clock, 1_000);
    expect(seen.filter(({ type }) => type === "frame")).toMatchObject([
      { atNs: 50 * ms, sequence: 3 },
      { atNs: 150 * ms, sequence: 4 },
    ]);
  });

  test("in a loop it goes on into the next round, without a seam", async () => {
    const clock = new SimClock();
    const traced = await planOf([state(0, "running"), ...frames(3)], 400);
    const camera = tracedCamera({ ...traced, loop: true, pace: "real", clock });
    const seen = await watchCamera(camera, clock, 1_000);
    expect(seen.flatMap((moment) => (moment.type === "frame" ? [moment] : []))).toEqual(
      [0, 100, 200, 400, 500, 600, 800, 900, 1_000].map((atMs, n) => {
        return { type: "frame", atNs: atMs * ms, sequence: n, ptsUs: n * 100_000, dropped: 0 };
      }),
    );
  });
});

test("a reader that is slower than the recorded one loses the oldest frames, and they are counted", async () => {
  const clock = new SimClock();
  const traced = await planOf([state(0, "running"), ...frames(20)], 3_000);
  await using camera = await tracedCamera({ ...traced, loop: false, pace: "real", clock }).open();
  await camera.read();
  await clock.advance(1_000);
  const frame = await camera.read();
  expect([frame?.sequence, camera.counters]).toEqual([8, { framesIn: 9, framesDropped: 7 }]);
});

test("a camera that was away for long is refused some times, and is there when it returned", async () => {
  const clock = new SimClock();
  const moments = [state(0, "running"), ...frames(2), state(500, "failed"), ...frames(2, 90_000)];
  const traced = await planOf(moments, 95_000);
  const driver = tracedCamera({ ...traced, loop: false, pace: "real", clock });
  const first = await driver.open();
  await first.read();
  const reading = [first.read(), first.read().then(() => first.read())];
  const told = Promise.allSettled(reading);
  await clock.advance(600);
  expect((await told).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  const open = async (): Promise<unknown> => {
    const opening = { over: false };
    const opened = driver
      .open()
      .catch(toFault)
      .finally(() => (opening.over = true));
    while (!opening.over) await clock.advance(100);
    return opened;
  };
  const away = { kind: "unavailable", message: expect.stringContaining("was away here") };
  expect([await open(), await open(), await open()]).toMatchObject([away, away, away]);
  const camera = (await open()) as Awaited<ReturnType<CameraDriver["open"]>>;
  expect((await camera.read())?.sequence).toBe(0);
  expect(Math.abs(clock.monoMs() - 90_000)).toBeLessThanOrEqual(100);
  await camera.close();
});

test("a trace that could not be read is read again at the next opening, one that could is not", async () => {
  const [plan, clock] = [
    await readCameraPlan(await saved([state(0, "running"), ...frames(1)])),
    new SimClock(),
  ];
  let asked = 0;
  const read = async () => {
    asked += 1;
    if (asked === 1) throw new Fault("not-found", "no such file");
    return plan;
  };
  const driver = tracedCamera({ name: "x", plan: read, loop: false, pace: "fast", clock });
  await expect(driver.open()).rejects.toMatchObject({ kind: "not-found" });
  for (let n = 0; n < 2; n += 1) await (await driver.open()).close();
  expect(asked).toBe(2);
});

test("an opening that waits can be called off", async () => {
  const clock = new SimClock();
  const traced = await planOf(frames(2, 20_000).concat(state(21_000, "running")), 22_000);
  const stop = new AbortController();
  const opening = tracedCamera({ ...traced, loop: false, pace: "real", clock }).open(stop.signal);
  await clock.advance(1_000);
  stop.abort();
  await expect(opening).rejects.toMatchObject({ kind: "cancelled" });
});

test.each([
  ["of lines alone", [], "the trace says nothing of a camera"],
  ["of a camera that never was there", [state(0, "failed", 0, 0)], "the trace says nothing of a camera"],
])("a trace %s is told as such", async (_, moments, words) => {
  const file = await saved(moments);
  await expect(readCameraPlan(file)).rejects.toMatchObject({
    kind: "not-found",
    message: `${file}: ${words}`,
  });
});
