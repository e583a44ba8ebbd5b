import fc from "fast-check";
import { expect, test } from "vitest";
import { happeningKinds } from "../../../daemon/wire/what.ts";
import { labels } from "../../../models/labels.ts";
import { signOf } from "../../../web/events/signs.ts";
import { routeOf } from "../../../web/route/route.ts";
import { addressOfPlace, placeOfAddress } from "../../../web/timeline/address.ts";
import {
  ignoredIn,
  isFiltered,
  noFilter,
  passes,
  whatFilters,
  zonesOf,
  type Filter,
} from "../../../web/timeline/filter.ts";
import { knownOf } from "../../../web/timeline/known.ts";
import { allOf, joined, noChoice, toggled, without } from "../../../web/timeline/choice.ts";
import { hourMs, longestMs, minuteMs, shortestMs } from "../../../web/timeline/view.ts";
import { momentAt, noonMs, recordingAt } from "./samples.ts";

const usual = { spanMs: 24 * hourMs };
const names = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" });
const places = fc.record({
  atMs: fc.option(fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => s * 1_000)),
  spanMs: fc.integer({ min: shortestMs / minuteMs, max: longestMs / minuteMs }).map((m) => m * minuteMs),
  filter: fc.record({
    kind: fc.constantFrom("ring", "motion", null),
    what: fc.constantFrom(...whatFilters, null),
    zone: fc.option(names),
    video: fc.constantFrom(true, false, null),
    mark: fc.constantFrom("good", "false", null),
    who: fc.option(fc.oneof(names, fc.constant(""))),
    ignored: fc.constantFrom("with", "only", null),
  }),
});

test("an address says a place, and the page's own name is all that the route sees of it", () => {
  fc.assert(
    fc.property(places, (place) => {
      const address = addressOfPlace(place);
      expect(placeOfAddress(address, usual)).toEqual(place);
      expect(routeOf(address)).toBe("timeline");
    }),
  );
});

test("what an address says wrongly is left out", () => {
  const nowhere = { atMs: null, spanMs: usual.spanMs, filter: noFilter };
  for (const address of [
    "",
    "#/timeline",
    "#/timeline?at=yesterday&span=many&kind=ghost&video=maybe&mark=best&zone=",
    "#/timeline?at=1066-10-14T00:00:00Z&span=1",
    "#/timeline?span=999999",
    "#/elsewhere?kind=ring",
  ])
    expect(placeOfAddress(address, usual)).toEqual(nowhere);
});

const seen = new Map([["clip-0001", ["Ada"]]]);
const ring = momentAt("ring-0001", noonMs, { kind: "ring", zones: [], clip: "clip-0001" });
const motion = momentAt("motion-01", noonMs, { zones: ["gate", "path"], mark: "false" });

test.each([
  [{}, [true, true]],
  [{ kind: "ring" }, [true, false]],
  [{ zone: "gate" }, [false, true]],
  [{ video: true }, [true, false]],
  [{ video: false }, [false, true]],
  [{ mark: "false" }, [false, true]],
  [{ who: "Ada" }, [true, false]],
  [{ who: "Bo" }, [false, false]],
  [{ who: "" }, [false, true]],
  [{ kind: "motion", zone: "path", video: true }, [false, false]],
] as const)("filter %j lets through %j of a watched ring and an unwatched movement", (change, through) => {
  const filter = { ...noFilter, ...change };
  expect([ring, motion].map((each) => passes(filter, each, seen))).toEqual(through);
  expect(isFiltered(filter)).toBe(Object.keys(change).length > 0);
});

const visits = {
  courier: momentAt("motion-11", noonMs, { what: ["person"], happenings: ["crossed", "parcel-left"] }),
  thief: momentAt("motion-12", noonMs, { what: ["person"], happenings: ["parcel-taken"] }),
  unseen: momentAt("motion-13", noonMs, { happenings: ["parcel-taken"] }),
  dog: momentAt("motion-14", noonMs, { what: ["parcel"], happenings: ["parcel-left"], corrected: "animal" }),
  waits: momentAt("motion-15", noonMs, { what: ["person"], happenings: ["waiting", "loitering"] }),
  bush: momentAt("motion-16", noonMs, { what: ["person"], happenings: ["waiting"], corrected: "other" }),
  nothing: momentAt("motion-17", noonMs),
  rings: momentAt("ring-0018", noonMs, { kind: "ring", happenings: ["waiting"] }),
};

test.each([
  ["parcel", ["courier", "thief", "unseen"]],
  ["parcel-left", ["courier"]],
  ["parcel-taken", ["thief", "unseen"]],
  ["waiting", ["waits"]],
  ["loitering", ["waits"]],
  ["crossed", ["courier"]],
  ["person", ["courier", "thief", "waits"]],
  ["animal", ["dog"]],
  ["unclear", ["nothing"]],
] as const)("what moved: %s finds %j, as their rows say", (what, found) => {
  const filter = { ...noFilter, what };
  expect(
    Object.entries(visits).flatMap(([name, each]) => (passes(filter, each, seen) ? [name] : [])),
  ).toEqual(found);
});

test("every sign of a movement has a filter that finds it, and everything that happens has one", () => {
  for (const each of Object.values(visits)) {
    const sign = signOf(each);
    if (sign === "ring" || sign === "motion") continue;
    expect(passes({ ...noFilter, what: sign }, each, seen)).toBe(true);
  }
  expect(new Set(whatFilters)).toEqual(new Set([...labels, ...happeningKinds, "unclear"]));
});

const cat = momentAt("motion-03", noonMs - hourMs, { ignored: true, clip: "clip-0003" });

test.each([
  [{}, [motion], 1],
  [{ ignored: "with" }, [motion, cat], 1],
  [{ ignored: "only" }, [cat], 1],
  [{ kind: "ring" }, [], 0],
  [{ ignored: "only", kind: "ring" }, [], 0],
] as const)("what rules ignore is hidden unless asked for: filter %j", (change, through, count) => {
  const filter = { ...noFilter, ...change };
  expect([motion, cat].filter((each) => passes(filter, each, seen))).toEqual(through);
  expect(ignoredIn(filter, [motion, cat], seen)).toBe(count);
});

test("a recording of ignored events alone is not on the band, one that shows more or belongs to nothing is", () => {
  const bar = (id: string, startWallMs = noonMs) => recordingAt(id, startWallMs);
  const all = {
    moments: [cat, momentAt("motion-04", noonMs, { clip: "clip-0004" })],
    recordings: [bar("clip-0003", noonMs - hourMs), bar("clip-0004"), bar("clip-0005", noonMs - 10 * hourMs)],
    gaps: [],
  };
  const bars = (filter: Filter): string[] =>
    knownOf(all, { filter, watchers: seen }).bars.map(({ id }) => id);
  expect(bars(noFilter)).toEqual(["clip-0004", "clip-0005"]);
  expect(bars({ ...noFilter, ignored: "with" })).toEqual(["clip-0003", "clip-0004", "clip-0005"]);
  expect(bars({ ...noFilter, ignored: "only" })).toEqual(["clip-0003"]);
});

test("zones are those that events name, each once", () => {
  expect(zonesOf([motion, ring, momentAt("motion-02", noonMs)])).toEqual(["gate", "path"]);
});

const listed = ["a", "b", "c", "d", "e"];

test("Shift takes all from the last one on, either way, and takes them back likewise", () => {
  const one = toggled(noChoice, "d", { listed, range: false });
  const range = toggled(one, "b", { listed, range: true });
  expect([...range.ids].sort()).toEqual(["b", "c", "d"]);
  const back = toggled(range, "c", { listed, range: true });
  expect([...back.ids]).toEqual(["d"]);
});

test("a range whose beginning is no longer listed is that one alone", () => {
  const one = toggled(noChoice, "gone", { listed: ["gone"], range: false });
  expect([...toggled(one, "b", { listed, range: true }).ids].sort()).toEqual(["b", "gone"]);
});

test("all of a list, a day besides, and never what was deleted", () => {
  const choice = joined(allOf(["a", "b"]), ["b", "c"]);
  expect([...choice.ids]).toEqual(["a", "b", "c"]);
  expect([...without(choice, new Set(["b", "z"])).ids]).toEqual(["a", "c"]);
  const same = allOf(["a"]);
  expect(without(same, new Set(["z"]))).toEqual(same);
});
