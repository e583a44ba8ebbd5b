import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { migrate } from "../../../../daemon/keeper/store/schema.ts";
import { sortOf } from "../../../../daemon/keeper/store/timeline-columns.ts";
import { laidOver, TimelineReader, type TimelinePage } from "../../../../daemon/keeper/store/timeline.ts";
import { Writer } from "../../../../daemon/keeper/store/writer.ts";
import { event } from "./rows.ts";
import { clipId, eventAt, eventId, fill } from "./timeline-rows.ts";

const dayMs = 86_400_000;
const fromWallMs = Date.UTC(2026, 0, 1);

function index(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  migrate(database);
  return database;
}

function pagesOf(reader: TimelineReader, range: { from: number; to: number; limit: number }): TimelinePage[] {
  const pages: TimelinePage[] = [];
  for (let to: number | null = range.to; to !== null; to = pages.at(-1)?.next ?? null)
    pages.push(reader.page({ ...range, to }));
  return pages;
}

test("pages lie side by side and hold each of 30,000 events and recordings once", () => {
  using database = index();
  fill(database, { count: 30_000, fromWallMs, everyMs: dayMs / 1_000 });
  const range = { from: fromWallMs - dayMs, to: fromWallMs + 31 * dayMs, limit: 2_000 };
  const pages = pagesOf(new TimelineReader(database), range);
  const events = pages.flatMap((page) => page.events.id);
  const clips = pages.flatMap((page) => page.clips.id);
  const newestFirst = Array.from({ length: 30_000 }, (_, at) => 29_999 - at);
  expect(events).toEqual(newestFirst.map(eventId));
  expect(clips).toEqual(newestFirst.map(clipId));
  expect(pages.map(({ from }) => from).slice(0, -1)).toEqual(pages.map(({ to }) => to).slice(1));
  expect(pages.every((page) => page.events.id.length <= 2_000 && page.clips.id.length <= 2_000)).toBe(true);
});

test("whatever begins together stands on one page, and every page goes on", () => {
  const starts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 });
  fc.assert(
    fc.property(starts, fc.integer({ min: 1, max: 6 }), (offsets, limit) => {
      using database = index();
      const writer = new Writer(database);
      offsets.forEach((offset, at) => writer.event(eventAt(at, fromWallMs + offset)));
      const pages = pagesOf(new TimelineReader(database), { from: fromWallMs, to: fromWallMs + 20, limit });
      const seen = pages.flatMap((page) => page.events.id);
      expect(seen.sort()).toEqual(offsets.map((_, at) => eventId(at)).sort());
      for (const { events, from, to } of pages)
        expect(events.atMs.every((atMs) => atMs >= from && atMs < to)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("every question goes by an index and none is sorted", () => {
  using database = index();
  const asked: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    asked.push(sql);
    return prepare(sql);
  };
  expect(new TimelineReader(database)).toBeDefined();
  const plans = asked.map((sql) => {
    const bound = sql.replaceAll(/\?\d?/gu, "1");
    return prepare(`EXPLAIN QUERY PLAN ${bound}`)
      .all()
      .map(({ detail }) => String(detail));
  });
  expect(plans).toHaveLength(4);
  for (const plan of plans) {
    expect(plan.filter((step) => /^SCAN (?!\(subquery|CONSTANT)(?!.*INDEX)/u.test(step))).toEqual([]);
    expect(plan.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
  }
});

test("what waits for the disk is laid over its rows, in its place", () => {
  using database = index();
  const reader = new TimelineReader(database);
  new Writer(database).event(eventAt(1, fromWallMs + 100));
  const page = reader.page({ from: fromWallMs, to: fromWallMs + 1_000, limit: 10 });
  const open = { state: "open", endWallMs: null } as const;
  const changed = event(eventId(1), { startWallMs: fromWallMs + 100, ...open });
  const fresh = event(eventId(2), { startWallMs: fromWallMs + 200, ...open });
  const beyond = event(eventId(3), { startWallMs: fromWallMs + 1_000 });
  const { events } = laidOver(page, [fresh, changed, beyond]);
  expect(events).toMatchObject({
    id: [eventId(2), eventId(1)],
    atMs: [fromWallMs + 200, fromWallMs + 100],
    ms: [null, null],
  });
  expect(events.sort.map((place) => events.sorts[place])).toEqual([sortOf(fresh), sortOf(changed)]);
});

/** Places in `sorts` are by chance. */
const told = ({ events: { id, atMs, ms, clip, sort, sorts } }: TimelinePage): unknown => {
  return { id, atMs, ms, clip, sort: sort.map((place) => sorts[place]) };
};

test("what is laid over stands where its row would, whatever shares its millisecond", () => {
  const offsets = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
  fc.assert(
    fc.property(offsets, fc.nat(12), (all, saved) => {
      using database = index();
      const writer = new Writer(database);
      const events = all.map((offset, at) => eventAt(at, fromWallMs + offset));
      for (const each of events.slice(0, saved)) writer.event(each);
      const reader = new TimelineReader(database);
      const range = { from: fromWallMs, to: fromWallMs + 10, limit: 100 };
      const laid = told(laidOver(reader.page(range), events));
      for (const each of events) writer.event(each);
      expect(laid).toEqual(told(reader.page(range)));
    }),
    { numRuns: 60 },
  );
});

test("an event is the same from its row and from memory", () => {
  using database = index();
  const seen = event(eventId(1), {
    zones: ['a "quoted" gate', "path"],
    mark: "false",
    seer: "both",
    woke: true,
  });
  new Writer(database).event(seen);
  const page = new TimelineReader(database).page({ from: 0, to: 4e12, limit: 1 });
  expect(page.events.sorts).toEqual([sortOf(seen)]);
});

test("a gap is on every page that it reaches into, one that goes on too", () => {
  using database = index();
  const writer = new Writer(database);
  writer.gap({ id: "gap-over", reason: "camera", startWallMs: 100, endWallMs: 200 });
  writer.gap({ id: "gap-open", reason: "masked", startWallMs: 150, endWallMs: null });
  const reader = new TimelineReader(database);
  const gapsIn = (from: number, to: number): string[] =>
    reader.page({ from, to, limit: 9 }).gaps.map(({ id }) => id);
  expect(gapsIn(0, 100)).toEqual([]);
  expect(gapsIn(120, 160)).toEqual(["gap-open", "gap-over"]);
  expect(gapsIn(200, 300)).toEqual(["gap-open"]);
});
