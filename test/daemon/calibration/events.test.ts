import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventsOf } from "../../../daemon/calibration/events.ts";
import type { Polygon } from "../../../hal/geometry.ts";
import type { MotionSettings } from "../../../daemon/sight/zones.ts";
import { allTime, blob, cells, filmOf, liveEvents, noon, timing, tracksOf, type FilmRecord } from "./film.ts";

const left: Polygon = [
  [0, 0],
  [0.5, 0],
  [0.5, 1],
  [0, 1],
];
const right: Polygon = [
  [0.45, 0.2],
  [1, 0.2],
  [1, 0.9],
  [0.45, 0.9],
];

const told = (film: readonly FilmRecord[], settings: MotionSettings, maxBytes?: number) =>
  eventsOf(
    tracksOf(film, { areas: settings.zones, ...(maxBytes === undefined ? {} : { maxBytes }) }),
    settings,
  ).map(({ startWallMs, endWallMs, score, zones }) => ({ startWallMs, endWallMs, score, zones }));

/** Bursts of movement of any strength anywhere, visitors whom a model holds, uneven frames, presses, lost cameras, clock steps. */
const films: fc.Arbitrary<FilmRecord[]> = fc
  .array(
    fc.record({
      frames: fc.integer({ min: 0, max: 40 }),
      gapMs: fc.constantFrom(66, 67, 100, 500, 2_000),
      level: fc.constantFrom(0, 0, 0, 1, 20, 50, 51, 52, 70, 100),
      at: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      light: fc.constantFrom("bright" as const, "dark" as const, "infrared" as const),
      held: fc.constantFrom("no", "no", "all", "now and then"),
      after: fc.constantFrom("nothing", "nothing", "nothing", "press", "end", "session", "clock"),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((bursts) => {
    const film: FilmRecord[] = [{ type: "session", wallMs: noon }];
    let [ptsUs, wallMs] = [1_000_000, noon];
    for (const { frames, gapMs, level, at, light, held: when, after } of bursts) {
      for (let i = 0; i < frames; i += 1) {
        ptsUs += gapMs * 1_000 + (i % 3);
        wallMs += gapMs;
        const levels = level === 0 || i % 4 === 3 ? new Uint8Array(cells) : blob(level, at, [0.2, 0.3]);
        const held = when === "all" || (when === "now and then" && i % 7 < 3);
        film.push({ type: "frame", ptsUs, wallMs, light, levels, held });
      }
      if (after === "press") film.push({ type: "press", ptsUs, wallMs });
      if (after === "end") film.push({ type: "end", ptsUs, reason: "camera-lost" });
      if (after === "clock") wallMs += level % 2 === 0 ? -40_000 : 3_600_000;
      if (after === "session") {
        film.push({ type: "session", wallMs });
        ptsUs = 5;
      }
    }
    return film;
  });

const sensitivity = fc.constantFrom(0, 1, 30, 49, 50, 51, 80, 81, 100);
const settings: fc.Arbitrary<MotionSettings> = fc.record({
  sensitivity,
  zones: fc.constantFrom(
    [],
    [{ name: "left", polygon: left }],
    [
      { name: "left", polygon: left, sensitivity: 30 },
      { name: "right", polygon: right },
    ],
  ),
  rules: fc.array(
    fc.record({
      zone: fc.constantFrom(null, "left", "everywhere"),
      light: fc.constantFrom(null, "dark" as const),
      from: fc.constant("11:00"),
      to: fc.constantFrom("13:00", "12:30", "14:00"),
      sensitivity,
    }),
    { maxLength: 2 },
  ),
});

describe("events under other settings", () => {
  test("are those that the eye would have told live, to the millisecond", () => {
    fc.assert(
      fc.property(films, settings, (film, chosen) => {
        expect(told(film, chosen)).toEqual(liveEvents(film, chosen));
      }),
      { numRuns: 300 },
    );
  });

  test("more sensitivity never loses a frame of movement that less of it saw begin an event", () => {
    const film = filmOf({
      seconds: 60,
      levels: (second) => (second >= 10 && second < 12 ? blob(60, [0.5, 0.5], [0.2, 0.2]) : null),
    });
    expect(told(film, { sensitivity: 40, zones: [] })).toEqual([]);
    const [seen] = told(film, { sensitivity: 41, zones: [] });
    expect(seen).toEqual({
      startWallMs: noon + 10_000,
      endWallMs: noon + 11_900,
      score: 100,
      zones: ["everywhere"],
    });
  });

  test("an event that the span only touches is one of it; others are not", () => {
    const film = filmOf({
      seconds: 90,
      levels: (second) => (second % 30 < 3 ? blob(90, [0.5, 0.5], [0.2, 0.2]) : null),
    });
    const span = { fromWallMs: noon + 31_000, toWallMs: noon + 59_000 };
    const events = eventsOf(tracksOf(film, { span }), { sensitivity: 50, zones: [] });
    expect(events.map((event) => event.startWallMs - noon)).toEqual([30_000]);
  });
});

describe("what is kept of a span", () => {
  test("quiet hours cost nothing", () => {
    const film = filmOf({ seconds: 3_600, levels: () => null });
    expect(tracksOf(film).chunks).toEqual([]);
    expect(tracksOf(film).covered).toEqual([{ fromWallMs: noon, toWallMs: noon + 3_599_900 }]);
  });

  test("one frame that stirs is kept with the two that could end a clip and an event", () => {
    const film = filmOf({
      seconds: 100,
      levels: (second) => (second === 10 ? blob(90, [0.5, 0.5], [0.2, 0.2]) : null),
    });
    const [chunk] = tracksOf(film).chunks;
    expect([...(chunk?.ptsUs ?? [])].slice(0, chunk?.count)).toEqual([
      0,
      timing.postRollUs,
      timing.postRollUs + timing.cooldownUs,
    ]);
  });

  test("past its bytes the oldest goes, the span begins later and says so", () => {
    const film = filmOf({ seconds: 6_000, levels: () => blob(10, [0.5, 0.5], [0.2, 0.2]) });
    const tracks = tracksOf(film, { maxBytes: 1, span: { ...allTime, fromWallMs: noon } });
    expect(tracks.cut).toBe(true);
    expect(tracks.chunks.length).toBe(2);
    expect(tracks.span.fromWallMs).toBe(tracks.chunks[0]?.startWallMs);
    expect(tracks.span.fromWallMs).toBeGreaterThan(noon);
  });
});
