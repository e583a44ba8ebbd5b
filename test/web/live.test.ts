/** Staying near now, telling the delay, and the words over the picture. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addMark, closerOffset, delayMs } from "../../web/live/delay.ts";
import type { Mark } from "../../web/live/delay.ts";
import { catchUpS, followEdge, jumpS, reserveS } from "../../web/live/edge.ts";
import { faceOf } from "../../web/live/face.ts";
import { privacyWords } from "../../web/privacy/words.ts";
import { words } from "../../web/words.ts";
import { aStatus } from "./samples.ts";

test.each([
  ["at the edge it plays as it is", 10 - reserveS, 1, { rate: 1, seekToS: null }],
  ["a little behind it plays a little faster", 10 - catchUpS - 0.1, 1, { rate: 1.08, seekToS: null }],
  ["clearly behind it plays clearly faster", 10 - 1.2, 1, { rate: 1.25, seekToS: null }],
  ["once caught up it slows down", 10 - reserveS + 0.01, 1.25, { rate: 1, seekToS: null }],
  ["still catching up it does not slow down early", 10 - 0.4, 1.25, { rate: 1.08, seekToS: null }],
  ["far behind it jumps", 10 - jumpS - 0.1, 1, { rate: 1, seekToS: 10 - reserveS }],
  ["before the buffer it jumps in", -4, 1, { rate: 1, seekToS: 10 - reserveS }],
  ["past the buffer it jumps back", 40, 1, { rate: 1, seekToS: 10 - reserveS }],
])("%s", (_, positionS, rate, wanted) => {
  expect(followEdge({ positionS, startS: 0, endS: 10, rate })).toMatchObject(wanted);
});

test("a buffer shorter than the reserve is played from its start", () => {
  expect(followEdge({ positionS: 0, startS: 100, endS: 100.07, rate: 1 }).seekToS).toBe(100);
});

test("old data goes in steps and what is played never does", () => {
  expect(followEdge({ positionS: 19, startS: 0, endS: 19.2, rate: 1 }).removeBeforeS).toBeNull();
  expect(followEdge({ positionS: 21, startS: 0, endS: 21.2, rate: 1 }).removeBeforeS).toBe(11);
});

test("whatever the position, playback ends up inside the buffer and near its end", () => {
  const time = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(time, time, fc.double({ min: 0.01, max: 60, noNaN: true }), (positionS, startS, lengthS) => {
      const endS = startS + lengthS;
      const { seekToS, removeBeforeS } = followEdge({ positionS, startS, endS, rate: 1 });
      const at = seekToS ?? positionS;
      expect(at).toBeGreaterThanOrEqual(startS);
      expect(endS - at).toBeLessThanOrEqual(jumpS);
      if (removeBeforeS !== null) expect(removeBeforeS).toBeLessThan(at);
    }),
  );
});

test("the delay is that of the unit on the screen, by the doorbell's clock", () => {
  const marks = [1, 2, 3].reduce<Mark[]>((all, n) => addMark(all, { endS: n, wallMs: n * 1_000 }), []);
  expect(delayMs(marks, 1.5, 2_300)).toBe(300);
  expect(delayMs(marks, 1.5, 1_900)).toBe(0);
  expect(delayMs(marks, 3.5, 4_000)).toBeNull();
});

test("marks are bounded and start over when media time steps back", () => {
  let marks: Mark[] = [];
  for (let n = 0; n < 1_000; n += 1) marks = addMark(marks, { endS: n, wallMs: n });
  expect(marks.length).toBeLessThanOrEqual(120);
  expect(addMark(marks, { endS: 1, wallMs: 5 })).toEqual([{ endS: 1, wallMs: 5 }]);
});

test("the notice with the shortest way sets the clock", () => {
  const first = closerOffset(null, 10_000, 4_400);
  expect(closerOffset(first, 11_000, 5_050)).toBe(5_950);
  expect(closerOffset(first, 12_000, 9_000)).toBe(first);
});

const closedSight = { closed: true, by: "owner", name: "Ada", sinceWallMs: 0 } as const;
const playing = {
  wanted: true,
  unsupported: null,
  feed: "open",
  playing: true,
  status: aStatus(),
  nowMs: 0,
} as const;

test.each([
  ["a picture that plays has no words over it", {}, words.live.live],
  ["paused wins over a lost connection", { wanted: false, feed: "lost" }, words.live.paused],
  [
    "a lost connection wins over the camera",
    { feed: "lost", status: aStatus({ camera: "failed" }) },
    words.live.offline,
  ],
  ["a camera that is away", { status: aStatus({ camera: "failed" }) }, words.live.cameraFailed],
  ["a camera that stalls", { status: aStatus({ camera: "stalled" }) }, words.live.cameraStalled],
  ["no policy", { status: aStatus({ visibleFrac: 0 }) }, words.live.masked],
  [
    "a sight that was closed",
    { status: aStatus({ visibleFrac: 0, privacy: closedSight }) },
    privacyWords.closed,
  ],
  [
    "a sight that was closed wins over paused",
    { wanted: false, status: aStatus({ privacy: closedSight }) },
    privacyWords.closed,
  ],
  ["units stopped", { feed: "stalled" }, words.live.stalled],
  ["before the first picture and the first status", { playing: false, status: null }, words.live.connecting],
  ["a browser without Media Source", { unsupported: "none" }, words.live.unsupported],
] as const)("%s", (_, change, title) => {
  const face = faceOf({ ...playing, ...change });
  expect(face.title).toBe(title);
  expect(face.covers).toBe(title !== words.live.live);
});

test.each([
  [null, words.live.drawLine],
  ["moved", words.guard.go],
  ["changed", words.guard.go],
  ["covered", null],
] as const)("where the guard says %s, the way to the line says: %s", (reason, draw) => {
  const status = aStatus({ visibleFrac: 0 });
  const guard = reason === null ? undefined : ({ state: "tripped", reason } as const);
  const mask = { ...status.mask, ...(guard === undefined ? {} : { guard }) };
  expect(faceOf({ ...playing, status: { ...status, mask } })).toMatchObject({ kind: "masked", draw });
});
