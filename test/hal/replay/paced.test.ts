import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Camera, CameraDriver } from "../../../hal/camera.ts";
import { Fault } from "../../../hal/fault.ts";
import { pacedCamera, type PacedOptions } from "../../../hal/replay/paced.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

interface FakeFile {
  readonly frames: number;
  readonly fps?: number;
  readonly firstPtsUs?: number;
  /** Sizes of one opening after the other. */
  readonly widths?: readonly number[];
  /** How long it takes to decode a frame. */
  readonly decodeMs?: number;
  readonly breaksAt?: number;
}

/** A video of plain frames; what a decoder of a file is, without a decoder. */
function fileOf(file: FakeFile, clock: SimClock) {
  const { frames, fps = 10, firstPtsUs = 0, widths = [16], decodeMs = 0 } = file;
  const state = { opened: 0, closed: 0 };
  const driver: CameraDriver = {
    async open() {
      const width = widths[Math.min(state.opened, widths.length - 1)] ?? 16;
      state.opened += 1;
      const plane = { data: new Uint8Array(width * 16), stride: width, width, height: 16 };
      let next = 0;
      let open = true;
      const camera: Camera = {
        info: { name: "file", width, height: 16, fps, live: false, durationMs: (frames * 1_000) / fps },
        counters: { framesIn: 0, framesDropped: 0 },
        async read() {
          if (decodeMs > 0) await clock.advance(decodeMs);
          if (!open || next >= frames) return null;
          if (next === file.breaksAt) throw new Fault("corrupt", "broken data");
          const ptsUs = firstPtsUs + Math.round((next * 1e6) / fps);
          return { width, height: 16, y: plane, u: plane, v: plane, ptsUs, sequence: next++ };
        },
        async close() {
          state.closed += open ? 1 : 0;
          open = false;
        },
        [Symbol.asyncDispose]: () => camera.close(),
      };
      return camera;
    },
  };
  return { driver, state };
}

function openFile(file: FakeFile, options: Partial<PacedOptions> = {}, clock = new SimClock()) {
  const { driver, state } = fileOf(file, clock);
  const settings: PacedOptions = { name: "replay porch.mp4", loop: false, pace: "real", clock, ...options };
  return { clock, state, opening: pacedCamera(driver, settings).open() };
}

/** Reads until the end or `count` frames; time goes by as it is waited for. */
async function readAll(camera: Camera, clock: SimClock, count = 1_000): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const read = { done: false };
    const reading = camera.read().finally(() => (read.done = true));
    while (!read.done) await clock.advance(1);
    const frame = await reading;
    if (frame === null) break;
    seen.push(`${frame.sequence}: ${frame.ptsUs / 1_000} at ${Math.round(clock.monoMs())}`);
  }
  return seen;
}

test("real: frames come at their own times, then null for ever", async () => {
  const { clock, opening } = openFile({ frames: 3 });
  await using camera = await opening;
  expect(camera.info).toEqual({
    name: "replay porch.mp4",
    width: 16,
    height: 16,
    fps: 10,
    live: true,
    durationMs: 300,
  });
  const [first = "", ...rest] = await readAll(camera, clock);
  expect(first).toMatch(/^0: 0 at [01]$/);
  expect(rest).toEqual([
    expect.stringMatching(/^1: 100 at 10[01]$/),
    expect.stringMatching(/^2: 200 at 20[01]$/),
  ]);
  expect([await camera.read(), await camera.read()]).toEqual([null, null]);
});

test("fast: every frame at once, with the file's own times", async () => {
  const { clock, opening } = openFile({ frames: 5, firstPtsUs: 40_000 }, { pace: "fast" });
  await using camera = await opening;
  const seen: (number | undefined)[] = [];
  for (let index = 0; index < 6; index++) seen.push((await camera.read())?.ptsUs);
  expect(seen).toEqual([40_000, 140_000, 240_000, 340_000, 440_000, undefined]);
  expect([camera.info.live, clock.monoMs(), camera.counters.framesDropped]).toEqual([false, 0, 0]);
});

test("a loop goes on with growing times and numbers, and says no duration", async () => {
  const { state, opening } = openFile({ frames: 2, firstPtsUs: 7_000 }, { pace: "fast", loop: true });
  await using camera = await opening;
  const seen: string[] = [];
  for (let index = 0; index < 5; index++) {
    const frame = await camera.read();
    seen.push(`${frame?.sequence} ${frame?.ptsUs}`);
  }
  expect(seen).toEqual(["0 7000", "1 107000", "2 207000", "3 307000", "4 407000"]);
  expect(camera.info.durationMs).toBeUndefined();
  expect(state).toEqual({ opened: 3, closed: 2 });
});

test("a loop keeps its pace over the seam", async () => {
  const { clock, opening } = openFile({ frames: 2 }, { loop: true });
  await using camera = await opening;
  const times = (await readAll(camera, clock, 6)).map((line) => Number(line.split(" at ")[1]));
  for (const [index, atMs] of times.entries()) expect(Math.abs(atMs - index * 100)).toBeLessThanOrEqual(1);
});

test("a reader that was away gets the latest frames; what it missed is dropped and counted", async () => {
  const { clock, opening } = openFile({ frames: 30 });
  await using camera = await opening;
  await readAll(camera, clock, 1);
  await clock.advance(1_500);
  const next = await camera.read();
  expect(next?.sequence).toBe(13); // due at 1,300 ms: within three frames of now
  expect(camera.counters).toEqual({ framesIn: 14, framesDropped: 12 });
});

test("a machine too slow for the video still shows some of it, and does not fall behind for ever", async () => {
  const { clock, opening } = openFile({ frames: 200, decodeMs: 150 });
  await using camera = await opening;
  let shown = 0;
  while ((await camera.read()) !== null) shown += 1;
  expect(shown).toBeGreaterThan(20);
  expect(camera.counters.framesIn).toBe(200);
  expect(camera.counters.framesDropped).toBe(200 - shown);
  expect(clock.monoMs()).toBeGreaterThanOrEqual(200 * 150);
});

test("with an epoch a few seconds ago the video joins there, in step with its trace", async () => {
  const clock = new SimClock();
  const { opening } = openFile({ frames: 100 }, { epochWallMs: clock.wallMs() - 3_050 }, clock);
  await using camera = await opening;
  const [first = ""] = await readAll(camera, clock, 1);
  expect(first).toMatch(/^31: 3100 at 5[01]$/);
});

test.each([
  ["too long ago", 10_001],
  ["in the future", -1],
])("an epoch %s starts the video at its beginning", async (_, agoMs) => {
  const clock = new SimClock();
  const { opening } = openFile({ frames: 200 }, { epochWallMs: clock.wallMs() - agoMs }, clock);
  await using camera = await opening;
  expect((await camera.read())?.sequence).toBe(0);
});

test("in a loop the epoch counts within the round", async () => {
  const clock = new SimClock();
  const epochWallMs = clock.wallMs() - 3_600_000 - 500;
  const { opening } = openFile({ frames: 100 }, { loop: true, epochWallMs }, clock);
  await using camera = await opening;
  expect((await camera.read())?.ptsUs).toBe(500_000);
});

test("closing ends a read that waits for its time, and the file", async () => {
  const { clock, state, opening } = openFile({ frames: 5 });
  const camera = await opening;
  await readAll(camera, clock, 1);
  const pending = camera.read();
  await nextTurn();
  await Promise.all([camera.close(), camera.close()]);
  expect([await pending, await camera.read()]).toEqual([null, null]);
  expect(state).toEqual({ opened: 1, closed: 1 });
});

test("a file that comes back in another size is a Fault that names both", async () => {
  const { opening } = openFile({ frames: 1, widths: [16, 32] }, { pace: "fast", loop: true });
  await using camera = await opening;
  await camera.read();
  await expect(camera.read()).rejects.toMatchObject({
    kind: "unavailable",
    message: expect.stringContaining("16x16 to 32x16"),
  });
});

test("a loop of nothing is a Fault, not a circle", async () => {
  const { opening } = openFile({ frames: 0 }, { pace: "fast", loop: true });
  await using camera = await opening;
  await expect(camera.read()).rejects.toMatchObject({ kind: "corrupt" });
});

test("broken data comes through as it is, and the camera can be closed", async () => {
  const { state, opening } = openFile({ frames: 5, breaksAt: 1 }, { pace: "fast" });
  const camera = await opening;
  await camera.read();
  await expect(camera.read()).rejects.toMatchObject({ kind: "corrupt", message: "broken data" });
  await camera.close();
  expect(state.closed).toBe(1);
});
