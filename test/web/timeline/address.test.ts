import fc from "fast-check";
import { expect, test } from "vitest";
import { routeOf } from "../../../web/route/route.ts";
import { addressOfPlace, placeOfAddress } from "../../../web/timeline/address.ts";
import { isFiltered, noFilter, passes, whatFilters, zonesOf } from "../../../web/timeline/filter.ts";
import { allOf, joined, noChoice, toggled, without } from "../../../web/timeline/choice.ts";
import { hourMs, longestMs, minuteMs, shortestMs } from "../../../web/timeline/view.ts";
import { momentAt, noonMs } from "./samples.ts";

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
