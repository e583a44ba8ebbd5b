/**
 * The search is exact: on small cases every change that there is is tried, with the eye's own comparison.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Evidence } from "../../../daemon/calibration/propose/evidence.ts";
import { Effort } from "../../../daemon/calibration/propose/effort.ts";
import { bestTrade, smallestChange } from "../../../daemon/calibration/propose/search.ts";
import { withValues } from "../../../daemon/calibration/propose/scheme.ts";
import { momentOf, whenOf } from "../../../daemon/calibration/tracks.ts";
import { levelAsked } from "../../../daemon/sight/levels.ts";
import { everywhere, lights, sensitivityIn } from "../../../daemon/sight/rules.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";

const whole = 50;
const square: Zones["zones"][number]["polygon"] = [
  [0, 0],
  [1, 0],
  [1, 1],
];

/** What motion does: in any area at any of its moments, is the level at least what is asked? */
function firesUnder(zones: Zones, { parts }: Evidence): boolean {
  const places = zones.zones.length > 0 ? zones.zones : [{ name: everywhere, sensitivity: null }];
  const settings = { sensitivity: zones.sensitivity ?? whole, rules: zones.rules };
  return parts.some(({ when, levels }) =>
    places.some(({ name, sensitivity }, area) => {
      const zone = { name, ...(sensitivity === null ? {} : { sensitivity }) };
      return (levels[area] ?? 0) >= levelAsked(sensitivityIn(settings, zone, momentOf(when)));
    }),
  );
}

let ids = 0;
const event = (levels: readonly number[], [hour, light]: readonly [number, number]): Evidence => ({
  event: {
    id: `event-${(ids += 1)}`,
    kind: "motion",
    startWallMs: 0,
    endWallMs: 1,
    score: 0,
    zones: [],
    mark: null,
  },
  parts: [
    { when: whenOf(lights[light] ?? "bright", hour * 60 + 5), levels: Uint8Array.from(levels) },
    // the minute after, a little weaker
    {
      when: whenOf(lights[light] ?? "bright", hour * 60 + 6),
      levels: Uint8Array.from(levels, (level) => level >> 1),
    },
  ],
});

const events = (areas: number, most: number): fc.Arbitrary<Evidence[]> =>
  fc.array(
    fc
      .tuple(
        fc.array(fc.constantFrom(0, 20, 45, 51, 55, 60, 75), { minLength: areas, maxLength: areas }),
        fc.tuple(fc.constantFrom(3, 12, 13, 22), fc.constantFrom(0, 1)),
      )
      .map(([levels, when]) => event(levels, when)),
    { maxLength: most },
  );

interface Case {
  readonly drawn: Zones;
  readonly silence: Evidence[];
  readonly keep: Evidence[];
  readonly others: Evidence[];
}

const cases = (drawn: Zones): fc.Arbitrary<Case> => {
  const areas = Math.max(1, drawn.zones.length);
  return fc
    .record({ silence: events(areas, 3), keep: events(areas, 3), others: events(areas, 4) })
    .map(({ silence, keep, others }) => ({
      drawn,
      silence,
      keep: keep.filter(({ parts }) => parts.some(({ levels }) => levels.some((level) => level > 0))),
      others: others.filter((each) => firesUnder(drawn, each)),
    }));
};

const zone = (name: string, sensitivity: number | null): Zones["zones"][number] => ({
  name,
  polygon: square,
  sensitivity,
});
const nothing: Zones = { zones: [], sensitivity: null, rules: [] };
const shapes: Record<string, Zones> = {
  "no zone": nothing,
  "one zone of its own": { ...nothing, zones: [zone("path", 60)] },
  "one zone that follows": { ...nothing, zones: [zone("path", null)], sensitivity: 50 },
  "one that follows and one of its own": { ...nothing, zones: [zone("path", null), zone("gate", 60)] },
  "two that follow, and a rule": {
    ...nothing,
    zones: [zone("path", null), zone("gate", null)],
    rules: [{ zone: null, light: "dark", from: null, to: null, sensitivity: 45 }],
  },
};

/** Where anything can change: what is, and both sides of what each event needs. */
function values({ drawn, silence, keep }: Case): number[] {
  const levels = [...silence, ...keep].flatMap(({ parts }) => parts.flatMap((part) => [...part.levels]));
  const now = [
    whole,
    ...drawn.zones.map((each) => each.sensitivity ?? whole),
    ...drawn.rules.map((r) => r.sensitivity),
  ];
  const needs = levels.flatMap((level) => (level > 0 ? [100 - level, 101 - level] : []));
  return [...new Set([...now, ...needs])];
}

interface Rated {
  readonly zones: Zones;
  readonly numbers: number;
  readonly points: number;
}

/** Every setting of the numbers that are there. */
function changes(drawn: Zones, to: readonly number[]): Rated[] {
  let rated: Rated[] = [{ zones: drawn, numbers: 0, points: 0 }];
  const also = (tries: (one: Rated) => Rated[]): void => {
    rated = rated.flatMap((one) => [one, ...tries(one)]);
  };
  const set = (one: Rated, was: number, make: (value: number) => Zones): Rated[] =>
    to.map((value) => ({
      zones: make(value),
      numbers: one.numbers + 1,
      points: one.points + Math.abs(value - was),
    }));
  also((one) =>
    set(one, whole, (value) => ({ ...one.zones, sensitivity: value })).filter(({ points }) => points > 0),
  );
  drawn.zones.forEach((_, z) => {
    also((one) =>
      set(one, drawn.zones[z]?.sensitivity ?? whole, (value) => ({
        ...one.zones,
        zones: one.zones.zones.map((each, i) => (i === z ? { ...each, sensitivity: value } : each)),
      })),
    );
  });
  drawn.rules.forEach((_, r) => {
    also((one) =>
      set(one, drawn.rules[r]?.sensitivity ?? 0, (value) => ({
        ...one.zones,
        rules: one.zones.rules.map((each, i) => (i === r ? { ...each, sensitivity: value } : each)),
      })),
    );
  });
  return rated;
}

function does(zones: Zones, { silence, keep }: Case): boolean {
  return silence.every((each) => !firesUnder(zones, each)) && keep.every((each) => firesUnder(zones, each));
}

const lost = (zones: Zones, { others }: Case): number =>
  others.filter((each) => !firesUnder(zones, each)).length;

type Rating = readonly [numbers: number, points: number, lost: number];

function least(ratings: readonly Rating[]): Rating | null {
  return ratings.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])[0] ?? null;
}

const input = (one: Case) => ({
  drawn: one.drawn,
  whole: one.drawn.sensitivity ?? whole,
  marked: { silence: one.silence, keep: one.keep },
  others: one.others,
  effort: new Effort(),
});

test.each(Object.entries(shapes))("the change is the smallest there is: %s", (_, drawn) => {
  let found = 0;
  fc.assert(
    fc.property(cases(drawn), (one) => {
      const all = changes(
        drawn,
        drawn.zones.length < 2 ? Array.from({ length: 101 }, (_each, v) => v) : values(one),
      );
      const right = all.filter(({ zones }) => does(zones, one));
      const best = least(right.map(({ zones, numbers, points }) => [numbers, points, lost(zones, one)]));
      const answer = smallestChange(input(one));
      if (best === null) {
        if (answer !== null) expect(answer.scheme.added).not.toBeNull();
        return;
      }
      found += 1;
      if (answer === null) throw new Error("there is an answer");
      const zones = withValues(answer.scheme, answer.whole, answer.values);
      expect(does(zones, one)).toBe(true);
      expect(answer.scheme.added).toBeNull();
      expect([answer.numbers, answer.points, lost(zones, one)]).toEqual(best);
    }),
    { numRuns: drawn.rules.length > 0 ? 15 : 60 },
  );
  expect(found).toBeGreaterThan(drawn.rules.length > 0 ? 2 : 10);
});

/** Hours at which a rule that holds for other events can begin or end: events are at 3, 12, 13 and 22. */
const hours = ["00:00", "03:00", "04:00", "12:00", "13:00", "14:00", "22:00", "23:00"];
const conditions = [
  ...lights.map((light) => ({ zone: null, light, from: null, to: null })),
  ...hours.flatMap((from) =>
    hours.filter((to) => to !== from).map((to) => ({ zone: null, light: null, from, to })),
  ),
];

test("where no number will do, the rule that is added is the smallest there is", () => {
  let found = 0;
  fc.assert(
    fc.property(cases(nothing), (one) => {
      const to = values(one);
      if (changes(nothing, to).some(({ zones }) => does(zones, one))) return;
      const right = conditions.flatMap((condition) =>
        to.flatMap((sensitivity) =>
          changes({ ...nothing, rules: [] }, to).flatMap(({ zones, numbers, points }): Rating[] => {
            const withRule = { ...zones, rules: [{ ...condition, sensitivity }] };
            if (!does(withRule, one)) return [];
            return [[numbers + 1, points + Math.abs(sensitivity - whole), lost(withRule, one)]];
          }),
        ),
      );
      const best = least(right);
      const answer = smallestChange(input(one));
      if (best === null) {
        expect(answer).toBeNull();
        return;
      }
      found += 1;
      if (answer === null) throw new Error("there is an answer");
      const zones = withValues(answer.scheme, answer.whole, answer.values);
      expect(does(zones, one)).toBe(true);
      expect([answer.numbers, answer.points, lost(zones, one)]).toEqual(best);
    }),
    { numRuns: 30 },
  );
  expect(found).toBeGreaterThan(1);
});

test("where nothing does all of it, no change keeps the good ones and silences more", () => {
  let found = 0;
  fc.assert(
    fc.property(cases(shapes["one that follows and one of its own"] ?? nothing), (one) => {
      if (smallestChange(input(one)) !== null) return;
      found += 1;
      const silent = (zones: Zones): number => one.silence.filter((each) => !firesUnder(zones, each)).length;
      const most = changes(one.drawn, [0, ...values(one)])
        .filter(({ zones }) => one.keep.every((each) => firesUnder(zones, each)))
        .reduce((best, { zones }) => Math.max(best, silent(zones)), 0);
      const trade = bestTrade(input(one));
      if (trade === null) {
        expect(most).toBe(0);
        return;
      }
      const zones = withValues(trade.scheme, trade.whole, trade.values);
      expect(one.keep.every((each) => firesUnder(zones, each))).toBe(true);
      // a rule that is added can do more than the numbers that are there
      expect(silent(zones)).toBeGreaterThanOrEqual(most);
      if (trade.scheme.added === null) expect(silent(zones)).toBe(most);
    }),
    { numRuns: 100 },
  );
  expect(found).toBeGreaterThan(1);
});
