import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labels } from "../../../../models/labels.ts";
import type { Box } from "../../../../daemon/sight/what/box.ts";
import { edgeOf } from "../../../../daemon/sight/what/edge.ts";
import type { Look, Seen } from "../../../../daemon/sight/what/seen.ts";
import { whatIs } from "../../../../daemon/sight/what/track.ts";
import { mostTracks, Tracks } from "../../../../daemon/sight/what/tracks.ts";

const picture = { width: 640, height: 360 };
/** The line runs across the picture, at a third of its height. */
const edge = edgeOf(
  [
    [0, 0.33],
    [1, 0.33],
    [1, 1],
    [0, 1],
  ],
  picture,
);
const second = 1_000_000;

function lookAt(s: number, ...seen: Seen[]): Look {
  return { atUs: Math.round(s * second), seen, moving: seen.map(({ box }) => box) };
}

function person(box: Box, score = 0.9): Seen {
  return { label: "person", score, box };
}

function walk(tracks: Tracks, fromS: number, toS: number, boxAt: (s: number) => Box): void {
  for (let s = fromS; s < toS; s += 0.4) tracks.see(lookAt(s, person(boxAt(s))));
}

describe("one visitor is one track", () => {
  test("who walks with few looks a second", () => {
    const tracks = new Tracks(edge);
    walk(tracks, 0, 5, (s) => [0.1 + 0.15 * s, 0.4, 0.08, 0.3]);
    expect(tracks.all.map(({ id }) => id)).toEqual([1]);
    expect(tracks.all.map((track) => whatIs(track)?.label)).toEqual(["person"]);
  });

  test("whose legs and head move apart", () => {
    const tracks = new Tracks(edge);
    walk(tracks, 0, 2, () => [0.4, 0.4, 0.1, 0.4]);
    for (let s = 2; s < 5; s += 0.4)
      tracks.see(
        lookAt(
          s,
          person([0.41, 0.4, 0.06, 0.08]),
          person([0.4, 0.7, 0.04, 0.1]),
          person([0.46, 0.7, 0.04, 0.1]),
        ),
      );
    walk(tracks, 5, 6, () => [0.4, 0.4, 0.1, 0.4]);
    expect(tracks.all.map(({ id }) => id)).toEqual([1]);
  });

  test("who stands still for a minute, away from every edge, and goes on", () => {
    const tracks = new Tracks(edge);
    walk(tracks, 0, 2, () => [0.4, 0.45, 0.1, 0.4]);
    tracks.see(lookAt(30));
    expect(tracks.all.map(({ held }) => held)).toEqual([true]);
    walk(tracks, 60, 62, (s) => [0.4 + 0.05 * (s - 60), 0.45, 0.1, 0.4]);
    expect(tracks.all.map(({ id }) => id)).toEqual([1]);
  });
});

test("who leaves over the line is gone, and who comes there next is another", () => {
  const tracks = new Tracks(edge);
  walk(tracks, 0, 2, () => [0.4, 0.33, 0.05, 0.1]);
  tracks.see(lookAt(6));
  expect(tracks.all).toEqual([]);
  walk(tracks, 7, 8, () => [0.4, 0.33, 0.05, 0.1]);
  expect(tracks.all.map(({ id }) => id)).toEqual([2]);
});

test("between two looks there may be hours: nobody is held over them", () => {
  const tracks = new Tracks(edge);
  walk(tracks, 0, 2, () => [0.4, 0.45, 0.1, 0.4]);
  const { ended } = tracks.see(lookAt(3_600, person([0.4, 0.45, 0.1, 0.4])));
  expect(ended.map(({ id }) => id)).toEqual([1]);
  expect(tracks.all.map(({ id }) => id)).toEqual([2]);
});

test("who comes over the line is not taken for the place of a parcel that was taken a moment before", () => {
  const tracks = new Tracks(edge);
  const place: Box = [0.5, 0.78, 0.06, 0.13];
  const nothing = (still: boolean): Seen => ({
    label: "other",
    score: 0.92,
    box: place,
    still,
    begins: !still,
  });
  tracks.see(lookAt(0, nothing(false)));
  for (const s of [1, 2]) tracks.see(lookAt(s, nothing(true)));
  // far away, at first, the model is not sure of anything
  tracks.see(lookAt(3.5, { label: "other", score: 0.37, box: [0.6, 0.35, 0.06, 0.1] }));
  for (let s = 3.875; s < 7; s += 0.375)
    tracks.see(lookAt(s, person([0.6 - 0.02 * (s - 3), 0.35, 0.06, 0.08 + 0.06 * (s - 3)])));
  const comer = tracks.all.find(({ belief, lastUs }) => lastUs >= 6 * second && belief.looks > 2);
  expect(comer).toMatchObject({ id: 2, fromLine: true });
});

test("where a cat went by and nothing is seen any more, asking does not keep a track for whoever comes next", () => {
  const tracks = new Tracks(edge);
  const place: Box = [0.5, 0.55, 0.04, 0.04];
  tracks.see(lookAt(0, { label: "animal", score: 0.93, box: place }));
  for (const s of [1, 2, 3.5])
    tracks.see(lookAt(s, { label: "other", score: 0.8, box: place, still: true, begins: false }));
  walk(tracks, 5, 8, (s) => [0.6 - 0.02 * (s - 5), 0.35, 0.05, 0.08 + 0.06 * (s - 5)]);
  expect(tracks.all).toMatchObject([{ id: 2, fromLine: true }]);
});

test("two people who cross keep two tracks", () => {
  const tracks = new Tracks(edge);
  for (let s = 0; s < 3; s += 0.3) {
    const [a, b]: [Box, Box] = [
      [0.1 + 0.2 * s, 0.45, 0.06, 0.3],
      [0.8 - 0.2 * s, 0.5, 0.06, 0.4],
    ];
    const both: Box = [Math.min(a[0], b[0]), 0.45, Math.abs(a[0] - b[0]) + 0.06, 0.45];
    tracks.see(Math.abs(a[0] - b[0]) < 0.07 ? lookAt(s, person(both)) : lookAt(s, person(a), person(b)));
  }
  expect(tracks.all.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([1, 2]);
});

test("nothing that matters, said often of a place, ends the track there and never renames it", () => {
  const tracks = new Tracks(edge);
  walk(tracks, 0, 3, () => [0.4, 0.45, 0.1, 0.4]);
  const ended = [3, 3.4, 3.8, 4.2, 4.6, 5].flatMap(
    (s) => tracks.see(lookAt(s, { label: "other", score: 0.95, box: [0.4, 0.45, 0.1, 0.4] })).ended,
  );
  expect(ended.map((track) => whatIs(track)?.label)).toEqual(["person"]);
});

test("an answer that is hardly sure goes on with a track, and one that is surely wrong is outvoted", () => {
  const tracks = new Tracks(edge);
  walk(tracks, 0, 3, () => [0.4, 0.45, 0.1, 0.4]);
  tracks.see(lookAt(3, person([0.4, 0.45, 0.1, 0.4], 0.3)));
  tracks.see(lookAt(3.3, { label: "animal", score: 0.95, box: [0.4, 0.45, 0.1, 0.4] }));
  expect(tracks.all.map((track) => [track.id, whatIs(track)?.label])).toEqual([[1, "person"]]);
});

const seen = fc.record({
  label: fc.constantFrom(...labels),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  box: fc
    .tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0, max: 0.9, noNaN: true }))
    .chain(([x, y]) =>
      fc.tuple(
        fc.constant(x),
        fc.constant(y),
        fc.double({ min: 0.01, max: 1 - x, noNaN: true }),
        fc.double({ min: 0.01, max: 1 - y, noNaN: true }),
      ),
    ),
});
const looks = fc.array(
  fc.record({ gapMs: fc.integer({ min: 1, max: 20_000 }), seen: fc.array(seen, { maxLength: 24 }) }),
  { maxLength: 40 },
);

function play(steps: readonly { gapMs: number; seen: readonly Seen[] }[]): {
  tracks: Tracks;
  begun: number[];
  ended: number[];
} {
  const tracks = new Tracks(edge);
  const [begun, ended]: [number[], number[]] = [[], []];
  let atUs = 0;
  for (const { gapMs, seen: all } of steps) {
    atUs += gapMs * 1_000;
    const step = tracks.see({ atUs, seen: all, moving: [] });
    begun.push(...step.begun.map(({ id }) => id));
    ended.push(...step.ended.map(({ id }) => id));
  }
  return { tracks, begun, ended };
}

test("whatever is seen: bounded, the same each time, numbered once, ended once", () => {
  fc.assert(
    fc.property(looks, (steps) => {
      const { tracks, begun, ended } = play(steps);
      expect(tracks.all.length).toBeLessThanOrEqual(mostTracks);
      expect(begun).toEqual(begun.toSorted((a, b) => a - b));
      expect(new Set(begun).size).toBe(begun.length);
      expect(new Set(ended).size).toBe(ended.length);
      expect(tracks.all.every(({ id, box }) => !ended.includes(id) && box.every(Number.isFinite))).toBe(true);
      expect(play(steps).tracks.all).toEqual(tracks.all);
    }),
    { numRuns: 150 },
  );
});
