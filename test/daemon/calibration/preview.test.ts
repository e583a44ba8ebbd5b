import { describe, expect, test } from "vitest";
import { eventsOf } from "../../../daemon/calibration/events.ts";
import type { PastEvent } from "../../../daemon/calibration/past.ts";
import { previewOf } from "../../../daemon/calibration/preview.ts";
import type { Tracks } from "../../../daemon/calibration/tracks.ts";
import { previewSchema } from "../../../daemon/wire/api-calibration.ts";
import type { MotionSettings } from "../../../daemon/sight/zones.ts";
import { blob, filmOf, liveEvents, noon, tracksOf } from "./film.ts";

const at = (sensitivity: number): MotionSettings => ({ sensitivity, zones: [] });

/** Every minute for ten seconds somebody crosses the picture, each time a little fainter: 90, 80, ... */
const film = filmOf({
  seconds: 480,
  levels: (second) => {
    const inMinute = second % 60;
    if (inMinute >= 10) return null;
    return blob(90 - 10 * Math.floor(second / 60), [0.1 + inMinute * 0.07, 0.5], [0.15, 0.4]);
  },
});

/** What the index would hold had the door run with these settings. */
function pastUnder(tracks: Tracks, settings: MotionSettings): PastEvent[] {
  return eventsOf(tracks, settings).map(({ startWallMs, endWallMs, score, zones }, i) => ({
    id: `event-${i + 1}`,
    kind: "motion",
    startWallMs,
    endWallMs,
    score,
    zones: [...zones],
    mark: null,
  }));
}

describe("a preview", () => {
  const tracks = tracksOf(film);
  const past = pastUnder(tracks, at(50));

  test("of the settings that were in force has nothing new and nothing gone", () => {
    const { counts, events } = previewOf(tracks, at(50), past);
    expect(counts).toEqual({ stays: 4, appears: 0, vanishes: 0 });
    expect(events.map(({ events: of }) => of.map(({ id }) => id))).toEqual(past.map(({ id }) => [id]));
  });

  test("of visitors whom a model held, with nothing changed, counts each of them once, as it was told", () => {
    const moves = (second: number): boolean => second % 60 < 3 || (second % 60 >= 20 && second % 60 < 22);
    const visits = filmOf({
      seconds: 300,
      levels: (second) => (moves(second) ? blob(90, [0.5, 0.5], [0.2, 0.2]) : null),
      held: (second) => second % 60 < 24,
    });
    const told = liveEvents(visits, at(50)).map((event, i): PastEvent => {
      return { ...event, id: `event-${i}`, kind: "motion", zones: [...event.zones], mark: null };
    });
    expect(told).toHaveLength(5);
    const { counts, events, byHour } = previewOf(tracksOf(visits), at(50), told);
    expect(counts).toEqual({ stays: 5, appears: 0, vanishes: 0 });
    expect(events.map(({ events: of }) => of.length)).toEqual([1, 1, 1, 1, 1]);
    expect(byHour[new Date(noon).getHours()]).toEqual({ was: 5, preview: 5 });
    expect(events.map(({ endWallMs }) => endWallMs)).toEqual(told.map(({ endWallMs }) => endWallMs));
  });

  test("of less sensitivity says which vanish, with what they would have needed", () => {
    const { counts, events } = previewOf(tracks, at(25), past);
    expect(counts).toEqual({ stays: 2, appears: 0, vanishes: 2 });
    expect(events.map(({ change, leastSensitivity }) => [change, leastSensitivity])).toEqual([
      ["stays", 11],
      ["stays", 21],
      ["vanishes", 31],
      ["vanishes", 41],
    ]);
  });

  test("of more sensitivity says which appear, in order of time", () => {
    const { counts, events } = previewOf(tracks, at(71), past);
    expect(counts).toEqual({ stays: 4, appears: 3, vanishes: 0 });
    expect(events.map(({ startWallMs }) => (startWallMs - noon) / 60_000)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(events.at(-1)).toMatchObject({ change: "appears", leastSensitivity: 71, events: [] });
  });

  test("counts by hour and by cause what was and what would be", () => {
    const { byHour, byCause } = previewOf(tracks, at(25), past);
    const hour = new Date(noon).getHours();
    expect(byHour[hour]).toEqual({ was: 4, preview: 2 });
    expect(byHour.flatMap(({ was, preview }) => [was, preview]).reduce((a, b) => a + b)).toBe(6);
    expect(byCause).toEqual({ walked: { was: 4, preview: 2 } });
  });

  test("carries marks, and one event may stand for several of then", () => {
    const [first, second] = past;
    if (first === undefined || second === undefined) throw new Error("two events expected");
    const halves: PastEvent[] = [
      { ...first, id: "a", endWallMs: first.startWallMs + 2_000, mark: "good" },
      { ...first, id: "b", startWallMs: first.startWallMs + 4_000, mark: "false" },
    ];
    const [one] = previewOf(tracks, at(50), [...halves, second]).events;
    expect(one?.events).toEqual([
      { id: "a", mark: "good" },
      { id: "b", mark: "false" },
    ]);
  });

  test("asks nothing of rings and of times that the journal does not hold", () => {
    const [first] = past;
    if (first === undefined) throw new Error("an event expected");
    const others: PastEvent[] = [
      { ...first, id: "ring", kind: "ring", startWallMs: noon + 30_000, endWallMs: noon + 31_000 },
      { ...first, id: "before", startWallMs: noon - 60_000, endWallMs: noon - 50_000 },
    ];
    expect(previewOf(tracks, at(50), [...past, ...others]).counts).toEqual({
      stays: 4,
      appears: 0,
      vanishes: 0,
    });
  });

  test("an event that has not ended is one of then", () => {
    const going: PastEvent[] = past.map((event) => ({ ...event, endWallMs: null }));
    expect(previewOf(tracks, at(0), going).counts).toEqual({ stays: 0, appears: 0, vanishes: 4 });
  });

  test("has the shape that the API promises", () => {
    expect(() => previewSchema.parse({ ...previewOf(tracks, at(71), past), tookMs: 1 })).not.toThrow();
  });
});
