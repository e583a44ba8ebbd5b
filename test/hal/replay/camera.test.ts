import { afterAll, beforeAll, expect, test } from "vitest";
import type { CameraDriver } from "../../../hal/camera.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";
import { replayCamera } from "../../../hal/replay/camera.ts";
import { pacedCamera } from "../../../hal/replay/paced.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { describeCamera } from "../../contract/camera.ts";
import { clip, type Footage, h264, openFootage } from "../gst/footage.ts";

let footage: Footage;
beforeAll(async () => {
  footage = await openFootage();
  await footage.make("porch.mp4", `${clip({ frames: 15 })} ! ${h264} ! mp4mux faststart=true`);
});
afterAll(() => footage[Symbol.asyncDispose]());

function fast(source: string, stallMs = 2_000): CameraDriver {
  const video = gstCamera({ source, width: 96, height: 64, fps: 15, stallMs });
  return pacedCamera(video, { name: "replay", loop: false, pace: "fast", clock: new SimClock() });
}

describeCamera("replay", {
  finite: (frames) => fast(`test:ball?frames=${frames}`),
  stalls: () => fast("test:smpte?frames=3&then=stall", 100),
  resizes: () => fast("test:smpte?frames=3&then=resize"),
  dies: () => fast("test:smpte?frames=3&then=fail"),
  missing: () =>
    replayCamera({ file: "/nowhere/porch.mp4", loop: false, pace: "fast", clock: new SimClock() }),
});

test("a file in a loop goes on without a seam: size, rate, growing times", async () => {
  const file = footage.path("porch.mp4");
  await using camera = await replayCamera({ file, loop: true, pace: "fast", clock: new SimClock() }).open();
  expect(camera.info).toEqual({ name: "replay porch.mp4", width: 160, height: 120, fps: 15, live: false });
  for (let index = 0; index < 40; index++) {
    const frame = await camera.read();
    expect(frame?.sequence).toBe(index);
    expect(Math.abs((frame?.ptsUs ?? 0) - (index * 1e6) / 15)).toBeLessThan(10);
  }
});

test("a file as a live camera shows no frame before its time", async () => {
  const clock = new SimClock();
  const file = footage.path("porch.mp4");
  await using camera = await replayCamera({ file, loop: false, pace: "real", clock }).open();
  expect(camera.info.live).toBe(true);
  const leadsMs: number[] = [];
  for (;;) {
    const read = { done: false };
    const reading = camera.read().finally(() => (read.done = true));
    while (!read.done) await clock.advance(0.5);
    const frame = await reading;
    if (frame === null) break;
    leadsMs.push(frame.ptsUs / 1_000 - clock.monoMs());
  }
  expect(Math.max(...leadsMs)).toBeLessThanOrEqual(0);
  expect(leadsMs.length + camera.counters.framesDropped).toBe(15);
});
