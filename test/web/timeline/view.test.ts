import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { clustersOf } from "../../../web/timeline/clusters.ts";
import { stretchesOf } from "../../../web/timeline/stretches.ts";
import { stepFor, ticksOf } from "../../../web/timeline/ticks.ts";
import {
  dayView,
  endOf,
  heldIn,
  hourMs,
  longestMs,
  minuteMs,
  pxOf,
  shortestMs,
  startOf,
  timeOf,
  zoomed,
} from "../../../web/timeline/view.ts";
import { momentAt, noonMs } from "./samples.ts";

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

const views = fc.record({
  atMs: fc.integer({ min: noonMs - longestMs, max: noonMs + longestMs }),
  spanMs: fc.integer({ min: shortestMs, max: longestMs }),
});
const widths = fc.integer({ min: 200, max: 4_000 });

test("a place on the band and a time are the same thing, there and back", () => {
  fc.assert(
    fc.property(views, widths, fc.double({ min: 0, max: 1, noNaN: true }), (view, widthPx, share) => {
      const px = share * widthPx;
      expect(pxOf(view, widthPx, timeOf(view, widthPx, px))).toBeCloseTo(px, 3);
      const timeMs = startOf(view) + share * view.spanMs;
      expect(Math.abs(timeOf(view, widthPx, pxOf(view, widthPx, timeMs)) - timeMs)).toBeLessThan(1);
    }),
  );
});

test("later is further right, and the edges are the edges", () => {
  fc.assert(
    fc.property(views, widths, fc.nat(longestMs), fc.nat(longestMs), (view, widthPx, a, b) => {
      const [one, other] = [startOf(view) + a, startOf(view) + b];
      expect(Math.sign(pxOf(view, widthPx, one) - pxOf(view, widthPx, other))).toBe(Math.sign(a - b));
      expect(pxOf(view, widthPx, startOf(view))).toBeCloseTo(0, 6);
      expect(pxOf(view, widthPx, endOf(view))).toBeCloseTo(widthPx, 6);
    }),
  );
});

test("zooming keeps the time under the playhead and stays between ten minutes and a week", () => {
  fc.assert(
    fc.property(views, fc.double({ min: 0.001, max: 1_000, noNaN: true }), (view, factor) => {
      const { atMs, spanMs } = zoomed(view, factor);
      expect(atMs).toBe(view.atMs);
      expect(spanMs).toBeGreaterThanOrEqual(shortestMs);
      expect(spanMs).toBeLessThanOrEqual(longestMs + hourMs);
    }),
  );
});

test("time stays between the oldest and now, and is now where there is nothing", () => {
  const bounds = { oldestMs: 1_000, nowMs: 9_000 };
  const at = (atMs: number, oldestMs = 1_000): number =>
    heldIn({ ...bounds, oldestMs }, { atMs, spanMs: hourMs }).atMs;
  expect([at(0), at(5_000), at(99_000), at(0, 99_000)]).toEqual([1_000, 5_000, 9_000, 9_000]);
});

test.each([
  ["2026-03-29", 23],
  ["2026-10-25", 25],
  ["2026-06-01", 24],
])("%s in Berlin is a day of %d hours, from its midnight to the next", (date, hours) => {
  process.env["TZ"] = "Europe/Berlin";
  const view = dayView(new Date(`${date}T12:00`).getTime());
  expect(view.spanMs).toBe(hours * hourMs);
  expect(startOf(view)).toBeCloseTo(new Date(`${date}T00:00`).getTime(), 0);
  // an edge is a midnight but for what rounding makes of it
  const wide = { ...view, spanMs: view.spanMs + 100 };
  const ticks = ticksOf(wide, 2_400);
  expect(ticks.every(({ timeMs }) => new Date(timeMs).getMinutes() === 0)).toBe(true);
  // the hour that is there twice is marked once, the one that is not there is not
  expect(ticks.length).toBe(hours === 23 ? 24 : 25);
  const six = ticksOf(wide, 300).map(({ timeMs }) => new Date(timeMs).getHours());
  expect(six).toEqual([0, 6, 12, 18, 0]);
});

test.each(["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "UTC"])(
  "ticks in %s stand at full local steps, in order",
  (name) => {
    process.env["TZ"] = name;
    fc.assert(
      fc.property(views, widths, (view, widthPx) => {
        const step = stepFor(view, widthPx, 64);
        const ticks = ticksOf(view, widthPx);
        for (const { timeMs, isDay } of ticks) {
          const date = new Date(timeMs);
          const minutes = date.getHours() * 60 + date.getMinutes();
          if (step < hourMs) expect(minutes % (step / minuteMs)).toBe(0);
          else expect(date.getMinutes()).toBe(0);
          expect(isDay).toBe(minutes === 0 && date.getSeconds() === 0);
        }
        const times = ticks.map(({ timeMs }) => timeMs);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  },
);

const starts = fc.array(fc.integer({ min: -longestMs, max: longestMs }), { maxLength: 300 });

test("clusters hold each event in view once, from left to right, apart from each other", () => {
  fc.assert(
    fc.property(views, widths, starts, fc.integer({ min: 1, max: 40 }), (view, widthPx, offsets, gapPx) => {
      const moments = offsets
        .toSorted((a, b) => a - b)
        .map((offset, at) =>
          momentAt(`event-${at}`, view.atMs + offset, { kind: offset % 3 === 0 ? "ring" : "motion" }),
        );
      const inView = moments.filter(
        ({ startWallMs }) => startWallMs >= startOf(view) && startWallMs < endOf(view),
      );
      const clusters = clustersOf(moments, view, { widthPx, gapPx });
      const sum = (kind: "rings" | "motions"): number => clusters.reduce((all, each) => all + each[kind], 0);
      expect(sum("rings")).toBe(inView.filter(({ kind }) => kind === "ring").length);
      expect(sum("motions")).toBe(inView.filter(({ kind }) => kind === "motion").length);
      for (const [at, { px, endPx }] of clusters.entries()) {
        expect(endPx).toBeGreaterThanOrEqual(px - 1e-4);
        expect(endPx - px).toBeLessThanOrEqual(gapPx + 1e-4);
        const before = clusters[at - 1];
        if (before !== undefined) expect(px).toBeGreaterThanOrEqual(before.px + gapPx - 1e-4);
      }
    }),
  );
});

test("a cluster's sign is what matters most of its movements, and rings have their own", () => {
  const view = { atMs: noonMs, spanMs: hourMs };
  const at = (minute: number, change: Parameters<typeof momentAt>[2]) =>
    momentAt(`e${minute}`, noonMs + minute * minuteMs, change);
  const clusters = clustersOf(
    [
      at(-30, { what: ["vehicle"] }),
      at(-29, { what: ["person"], corrected: "animal" }),
      at(-28, { kind: "ring", what: ["person"] }),
      at(0, { kind: "ring" }),
      at(10, { happenings: ["parcel-left"] }),
    ],
    view,
    { widthPx: 600, gapPx: 60 },
  );
  expect(clusters.map(({ sign, rings, motions }) => [sign, rings, motions])).toEqual([
    ["animal", 1, 2],
    ["motion", 1, 0],
    ["parcel", 0, 1],
  ]);
});

test("what touches is one stretch, what is out of view is none, the shortest can be seen", () => {
  const view = { atMs: 700, spanMs: 1_000 };
  const span = (startWallMs: number, endWallMs: number) => ({ startWallMs, endWallMs });
  const drawn = stretchesOf(
    [span(-500, -100), span(-50, 100), span(100, 200), span(500, 500), span(990, 5_000)],
    view,
    { widthPx: 1_000, leastPx: 3 },
  );
  expect(drawn).toEqual([
    { px: 0, endPx: 200 },
    { px: 500, endPx: 503 },
    { px: 990, endPx: 1_000 },
  ]);
});
