/** The list of events: any order of pages and notices ends in the same list. */
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { lengthOf, remarksOf } from "../../web/events/describe.ts";
import { dayStart, groupByDay, nextDayStart } from "../../web/events/group.ts";
import { nextIndex } from "../../web/events/keys.ts";
import {
  applyEvent,
  applyNewest,
  applyOlder,
  countIgnored,
  emptyList,
  hideEvent,
  newerFirst,
  nothingHappened,
  removeEvent,
  shownEvents,
} from "../../web/events/list.ts";
import { addressOf } from "../../web/events/thumbnail.tsx";
import { words } from "../../web/words.ts";
import { aClip, anEvent, noonMs } from "./samples.ts";

const at = (minute: number, id = `e${String(minute).padStart(6, "0")}`) =>
  anEvent(id, { startWallMs: noonMs + minute * 60_000 });
const ids = (list: { events: readonly { id: string }[] }): string[] => list.events.map(({ id }) => id);
const newest = applyNewest(emptyList, { events: [at(9), at(8)], next: "c8" });
const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

test("a new event goes to the top and a changed one stays where it is", () => {
  const grown = applyEvent(newest, at(10));
  expect(ids(grown)).toEqual(["e000010", "e000009", "e000008"]);
  const changed = applyEvent(grown, { ...at(9), clip: "clip-9" });
  expect(ids(changed)).toEqual(ids(grown));
  expect(changed.events[1]?.clip).toBe("clip-9");
});

test("an event older than what is loaded waits for its page", () => {
  expect(applyEvent(newest, at(1))).toBe(newest);
  const whole = applyOlder(newest, { events: [], next: null });
  expect(ids(applyEvent(whole, at(1)))).toEqual(["e000009", "e000008", "e000001"]);
});

test("an event of another kind than the filter is none of its business", () => {
  const rings = { ...newest, filter: "ring" as const };
  expect(applyEvent(rings, at(10))).toBe(rings);
});

test("after a reconnection the newest page replaces its stretch and keeps older pages", () => {
  const list = applyOlder(newest, { events: [at(7), at(6)], next: "c6" });
  const again = applyNewest(list, { events: [at(11), at(9), at(7)], next: "c7" });
  expect(ids(again)).toEqual(["e000011", "e000009", "e000007", "e000006"]);
  expect(again.next).toBe("c6");
});

test("after a long absence a page that does not reach the old list starts it anew", () => {
  const again = applyNewest(newest, { events: [at(90), at(89)], next: "c89" });
  expect(ids(again)).toEqual(["e000090", "e000089"]);
  expect(again.next).toBe("c89");
});

test("an event that waits for its deletion is out of sight and comes back on one word", () => {
  const hidden = hideEvent(newest, "e000009", true);
  expect(shownEvents(hidden).map(({ id }) => id)).toEqual(["e000008"]);
  expect(shownEvents(hideEvent(hidden, "e000009", false))).toHaveLength(2);
  expect(removeEvent(hidden, "e000009").hidden.size).toBe(0);
});

test("what rules ignore is counted and not shown, unless somebody asks for it", () => {
  const cat = { ...at(10), ignored: true };
  const list = applyEvent(newest, cat);
  expect(shownEvents(list).map(({ id }) => id)).toEqual(["e000009", "e000008"]);
  expect(countIgnored(list)).toBe(1);
  const shown = { ...list, withIgnored: true };
  expect(shownEvents(shown)[0]).toBe(cat);
  expect(remarksOf(cat)).toContain(words.ignored.remark);
  const kept = applyEvent(list, { ...cat, ignored: false });
  expect([shownEvents(kept).length, countIgnored(kept)]).toEqual([3, 0]);
  expect(countIgnored(hideEvent(list, cat.id, true))).toBe(0);
});

test("a list of nothing but ignored events is not empty; one whose last event is being deleted is", () => {
  const cat = { ...at(10), ignored: true };
  const one = applyNewest(emptyList, { events: [cat], next: null });
  expect(shownEvents(one)).toEqual([]);
  expect(nothingHappened(one)).toBe(false);
  expect(nothingHappened(hideEvent(one, cat.id, true))).toBe(true);
  const none = applyNewest(emptyList, { events: [], next: null });
  expect([nothingHappened(emptyList), nothingHappened(none)]).toEqual([false, true]);
  expect(nothingHappened({ ...none, next: "c1" })).toBe(false);
});

test("whatever order pages and notices come in, each event is there once, newest first", () => {
  const minutes = fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(minutes, fc.nat(60), (all, cut) => {
      const told = all.slice(0, cut).map((minute) => at(minute));
      const paged = all.map((minute) => at(minute)).sort(newerFirst);
      const half = Math.ceil(paged.length / 2);
      let list = told.reduce(applyEvent, emptyList);
      list = applyNewest(list, { events: paged.slice(0, half), next: "more" });
      list = told.reduce(applyEvent, applyOlder(list, { events: paged.slice(half), next: null }));
      expect(ids(list)).toEqual(paged.map(({ id }) => id));
    }),
  );
});

test("days and hours are the viewer's, also when the clock changes", () => {
  process.env["TZ"] = "Europe/Berlin";
  const start = new Date(2026, 9, 25).getTime(); // 25 hours long
  expect(nextDayStart(start) - start).toBe(25 * 3_600_000);
  const late = anEvent("late", { startWallMs: start + 24.5 * 3_600_000 });
  const early = anEvent("early", { startWallMs: start + 60_000 });
  const next = anEvent("next", { startWallMs: start + 25.1 * 3_600_000 });
  const days = groupByDay([next, late, early]);
  expect(days.map((day) => day.count)).toEqual([1, 2]);
  expect(days[1]?.hours.map((hour) => hour.events.map(({ id }) => id))).toEqual([["late"], ["early"]]);
});

test("grouping loses nothing and keeps the order", () => {
  const times = fc.array(fc.integer({ min: 0, max: 40 * 86_400_000 }), { maxLength: 80 });
  fc.assert(
    fc.property(times, (all) => {
      const events = all
        .map((ms, index) => anEvent(`e${index}`, { startWallMs: noonMs + ms }))
        .sort(newerFirst);
      const days = groupByDay(events);
      expect(days.flatMap((day) => day.hours.flatMap((hour) => hour.events))).toEqual(events);
      for (const day of days) expect(day.startWallMs).toBe(dayStart(day.startWallMs));
      expect(new Set(days.map((day) => day.startWallMs)).size).toBe(days.length);
    }),
  );
});

test.each([
  ["ArrowDown", 0, 1],
  ["ArrowDown", 4, 4],
  ["ArrowUp", 0, 0],
  ["Home", 3, 0],
  ["End", 0, 4],
  ["PageDown", 0, 4],
  ["x", 2, null],
])("%s from row %i of five goes to %s", (key, from, to) => {
  expect(nextIndex(key, from, 5)).toBe(to);
});

test("a row says how long, where, and what became of the video", () => {
  expect(lengthOf(anEvent("e"))).toBe("8 s");
  expect(lengthOf(anEvent("e", { endWallMs: noonMs }))).toBe("");
  const cut = anEvent("e", { state: "interrupted", zones: ["path"] });
  expect(remarksOf(cut)).toEqual(["8 s", "in path", words.events.interrupted, words.events.noVideo]);
  expect(remarksOf(anEvent("e", { state: "open", endWallMs: null }))).toEqual([]);
});

test("a picture is asked for only where there is one, so that the page meets no 404", () => {
  const event = anEvent("e1", { clip: "clip-1" });
  const bare = aClip(1, { thumbnail: false });
  expect([addressOf(event, null), addressOf(event, bare), addressOf(anEvent("e2"), null)]).toEqual([
    null,
    null,
    null,
  ]);
  const address = "/api/clips/clip-1/thumb.jpg";
  expect(addressOf(event, aClip(1))).toBe(address);
  expect(addressOf({ ...event, thumbnail: true }, null)).toBe(address);
  expect(addressOf({ ...event, thumbnail: true }, bare)).toBe(address);
});
