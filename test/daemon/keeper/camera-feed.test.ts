/**
 * Timings of frames: only while somebody records, from the first listener to the last.
 */
import { expect, test } from "vitest";
import { FrameTimings } from "../../../daemon/eye/frame-timings.ts";
import { CameraFeed } from "../../../daemon/keeper/sensors/camera-feed.ts";
import type { CameraNews } from "../../../daemon/wire/control.ts";
import type { EyeToKeeper } from "../../../daemon/wire/messages.ts";
import { askHouse } from "../../../daemon/cli/ask-house.ts";
import type { ControlLine } from "../../../daemon/wire/control.ts";
import { openBareDoor } from "./door.ts";
import { until } from "./page.ts";
import { connectTestEye, runningStatus } from "./test-eye.ts";

const frame = { ns: "12000000", sequence: 7, ptsUs: 466_669, dropped: 2 };

test("the eye tells nothing until it is asked, then a few frames at a time, and the rest at a change", () => {
  const told: EyeToKeeper[] = [];
  const timings = new FrameTimings((message) => told.push(message));
  const see = (from: number, count: number): void => {
    for (let n = from; n < from + count; n += 1) timings.see({ sequence: n, ptsUs: n * 66_667 }, 1);
  };
  see(0, 20);
  timings.flush();
  expect(told).toEqual([]);
  timings.turn(true);
  see(20, 10);
  expect(told).toMatchObject([{ type: "frame-timings", frames: { length: 8 } }]);
  timings.flush();
  expect(told[1]).toMatchObject({
    frames: [{ sequence: 28, ptsUs: 1_866_676, dropped: 1 }, { sequence: 29 }],
  });
  see(30, 3);
  timings.turn(false);
  timings.flush();
  expect(told.length).toBe(2);
});

test("the eye is asked at the first listener, again when it comes back, and told off after the last", () => {
  const asked: unknown[] = [];
  const feed = new CameraFeed((wish) => asked.push(wish));
  const heard: CameraNews[] = [];
  feed.eyeArrived();
  const stops = [feed.listen((news) => heard.push(news)), feed.listen(() => {})];
  feed.status(runningStatus);
  feed.status(runningStatus);
  feed.frames({ type: "frame-timings", frames: [frame] });
  feed.eyeLeft();
  feed.eyeArrived();
  for (const stop of [...stops, ...stops]) stop();
  const on = { on: true, picturesPerS: 0 };
  expect(asked).toEqual([on, on, { on: false, picturesPerS: 0 }]);
  expect(heard).toMatchObject([
    { type: "camera", state: "failed" },
    { type: "camera", state: "running", width: 640, height: 480, fps: 15 },
    { type: "frames", frames: [frame] },
    { type: "camera", state: "failed" },
  ]);
});

test("pictures come as often as the quickest asks, to those who asked, and end with the last of them", () => {
  const asked: number[] = [];
  const feed = new CameraFeed(({ picturesPerS }) => asked.push(picturesPerS));
  const [without, seldom, often]: [string[], string[], string[]] = [[], [], []];
  const stops = [
    feed.listen(({ type }) => without.push(type)),
    feed.listen(({ type }) => seldom.push(type), 0.5),
    feed.listen(({ type }) => often.push(type), 2),
  ];
  feed.picture({ type: "frame-picture", ns: "1", sequence: 7, age: "" });
  stops[2]?.();
  feed.picture({ type: "frame-picture", ns: "2", sequence: 8, age: "" });
  stops[1]?.();
  feed.eyeArrived();
  stops[0]?.();
  expect(asked).toEqual([0, 0.5, 2, 0.5, 0, 0, 0]);
  expect([without, seldom, often]).toEqual([
    ["camera"],
    ["camera", "picture", "picture"],
    ["camera", "picture"],
  ]);
});

test("a command that asks for the camera hears it through the doorbell, one that does not does not", async () => {
  await using door = await openBareDoor();
  await using eye = await connectTestEye(door.paths);
  const heard: ControlLine[] = [];
  const without: ControlLine[] = [];
  const giveUp = new AbortController();
  const asking = [
    askHouse(
      door.paths,
      { ask: "lines", camera: true },
      { onLine: (line) => heard.push(line), signal: giveUp.signal },
    ),
    askHouse(door.paths, { ask: "lines" }, { onLine: (line) => without.push(line), signal: giveUp.signal }),
  ];
  await until(() => eye.received.some((message) => message.type === "timings" && message.on));
  await until(() => without.length > 0);
  eye.status();
  eye.send({ type: "frame-timings", frames: [frame] });
  await until(() => heard.some(({ type }) => type === "frames"));
  expect(heard.findLast(({ type }) => type === "camera")).toMatchObject({
    state: "running",
    width: 640,
  });
  giveUp.abort();
  await Promise.all(asking);
  await until(() => eye.received.some((message) => message.type === "timings" && !message.on));
  expect(without.every(({ type }) => type === "line")).toBe(true);
});
