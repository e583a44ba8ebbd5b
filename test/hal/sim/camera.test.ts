import { describe, expect, test } from "vitest";
import type { Camera } from "../../../hal/camera.ts";
import { simCamera, type SimCameraOptions } from "../../../hal/sim/camera.ts";
import { SimClock, simEpochWallMs } from "../../../hal/sim/clock.ts";
import { describeCamera } from "../../contract/camera.ts";
import { printOf } from "./print.ts";

const small = { width: 64, height: 48, fps: 10, scene: "empty" } as const;

let clock = new SimClock();
const real = (more: Partial<SimCameraOptions>) => {
  clock = new SimClock();
  return simCamera({ ...small, clock, pace: "real", stallMs: 500, ...more });
};

describeCamera("sim", {
  finite: (frames) => simCamera({ ...small, clock: new SimClock(), pace: "fast", frames }),
  stalls: () => real({ faults: [{ atMs: 300, kind: "stall" }] }),
  elapse: () => clock.advance(100),
  resizes: () => real({ faults: [{ atMs: 300, kind: "resize" }] }),
  dies: () => real({ faults: [{ atMs: 300, kind: "lost" }] }),
  tooLarge: () => simCamera({ ...small, clock: new SimClock(), maxFramePx: 64 * 47 }),
});

/** Reads while the clock goes on in small steps; the reads' outcome. */
async function readFor(camera: Camera, clock: SimClock, ms: number): Promise<number[]> {
  const times: number[] = [];
  const reading = (async () => {
    for (let frame = await camera.read(); frame !== null; frame = await camera.read()) {
      times.push(frame.ptsUs / 1000);
    }
  })();
  await clock.advance(ms);
  await camera.close();
  await reading;
  return times;
}

describe("simulated camera at its own pace", () => {
  test("gives each frame when its time has come", async () => {
    const camera = await real({}).open();
    expect(await readFor(camera, clock, 350)).toEqual([0, 100, 200, 300]);
  });

  test("drops the oldest frames of a slow reader and counts them", async () => {
    const camera = await real({}).open();
    await camera.read();
    await clock.advance(1_000);
    const frame = await camera.read();
    expect(frame?.ptsUs).toBe(800_000);
    expect(frame?.sequence).toBe(8);
    expect(camera.counters).toEqual({ framesIn: 9, framesDropped: 7 });
  });

  test("a camera opened later joins at the porch time of its epoch", async () => {
    clock = new SimClock(simEpochWallMs + 7_250);
    const camera = await simCamera({ ...small, clock, epochWallMs: simEpochWallMs }).open();
    expect(await readFor(camera, clock, 200)).toEqual([7_300, 7_400]);
  });

  test("shows the same picture for the same porch time, joined late or read fast", async () => {
    const fast = await simCamera({ ...small, clock: new SimClock(), pace: "fast" }).open();
    for (let i = 0; i < 5; i += 1) await fast.read();
    const expected = await fast.read();
    clock = new SimClock(simEpochWallMs + 500);
    const late = await simCamera({ ...small, clock, epochWallMs: simEpochWallMs }).open();
    const frame = await late.read();
    expect(frame === null || expected === null ? null : printOf(frame) === printOf(expected)).toBe(true);
  });

  test("a correction of the wall clock does not move the porch", async () => {
    const camera = await real({}).open();
    clock.stepWall(-3_600_000);
    expect(await readFor(camera, clock, 250)).toEqual([0, 100, 200]);
  });
});

describe("simulated camera with faults on order", () => {
  test("an unplugged camera cannot be opened until it is back", async () => {
    const driver = real({ faults: [{ atMs: 0, kind: "lost", forMs: 2_000 }] });
    await expect((await driver.open()).read()).rejects.toMatchObject({ kind: "unavailable" });
    await clock.advance(1_000);
    await expect(driver.open()).rejects.toMatchObject({ kind: "unavailable" });
    await clock.advance(1_000);
    expect((await (await driver.open()).read())?.ptsUs).toBe(2_000_000);
  });

  test("after a change of size the next opening has the new one", async () => {
    const driver = real({ faults: [{ atMs: 0, kind: "resize", width: 80, height: 60 }] });
    await expect((await driver.open()).read()).rejects.toThrow("64x48 to 80x60");
    const { info } = await driver.open();
    expect([info.width, info.height]).toEqual([80, 60]);
  });

  test.each([{ width: 8, height: 48 }, { width: 64, height: 47.5 }, { fps: 0 }, { fps: Number.NaN }])(
    "refuses %o",
    async (wrong) => {
      await expect(real(wrong).open()).rejects.toMatchObject({ kind: "invalid" });
    },
  );
});
