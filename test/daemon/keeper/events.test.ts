import fc from "fast-check";
import { expect, test } from "vitest";
import {
  apply,
  certainOf,
  mayRing,
  openMotion,
  openRing,
  type Happening,
} from "../../../daemon/keeper/events.ts";
import { pirSayings } from "../../../daemon/sight/fusion.ts";
import { happeningKinds } from "../../../daemon/wire/what.ts";
import { labels } from "../../../models/labels.ts";
import { eventSchema, sparedBy, type Event } from "../../../daemon/wire/api.ts";

const wall = fc.integer({ min: 0, max: 2 ** 41 });
const score = fc.double({ min: 0, max: 100, noNaN: true });
const zones = fc.array(fc.constantFrom("path", "porch", "gate"), { maxLength: 3 });

const seen = fc.uniqueArray(
  fc.record({ label: fc.constantFrom(...labels), score: fc.double({ min: 0, max: 1, noNaN: true }) }),
  { selector: (each) => each.label },
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ type: fc.constant("ended" as const), endWallMs: wall, score, zones }),
  fc.record({ type: fc.constant("zones" as const), zones }),
  fc.record({ type: fc.constant("interrupted" as const), endWallMs: wall }),
  fc.record({ type: fc.constant("clip" as const), clip: fc.constantFrom("clip-aaaa", "clip-bbbb") }),
  fc.constant({ type: "thumbnail" as const }),
  fc.record({ type: fc.constant("marked" as const), mark: fc.constantFrom("good", "false", null) }),
  fc.record({
    type: fc.constant("what" as const),
    what: seen,
    said: seen,
    happenings: fc.uniqueArray(fc.record({ kind: fc.constantFrom(...happeningKinds), wallMs: wall }), {
      selector: (each) => each.kind,
    }),
  }),
  fc.record({
    type: fc.constant("pir" as const),
    pir: fc.constantFrom(...pirSayings),
    what: seen,
    happenings: fc.subarray([{ kind: "waiting" as const, wallMs: 1 }]),
  }),
  fc.record({ type: fc.constant("corrected" as const), label: fc.constantFrom(...labels, null) }),
  fc.record({ type: fc.constant("spared" as const), by: fc.constantFrom(...sparedBy, null) }),
);

const event: fc.Arbitrary<Event> = fc.oneof(
  wall.map((startWallMs) => openRing("ring-0001", startWallMs)),
  fc
    .record({ startWallMs: wall, score, zones })
    .map((seen) => openMotion("motion-01", { ...seen, zones: [...new Set(seen.zones)] })),
);

test("law: whatever happens, an event never opens again, ends after it starts, and fits the API", () => {
  fc.assert(
    fc.property(event, fc.array(happening, { maxLength: 8 }), (first, happenings) => {
      let now = first;
      for (const each of happenings) {
        const next = apply(now, each);
        if (now.state !== "open") expect(next.state).not.toBe("open");
        if (now.state === "closed") expect(next).toMatchObject({ state: "closed", endWallMs: now.endWallMs });
        expect(next.score).toBeGreaterThanOrEqual(now.score);
        expect((next.endWallMs === null) === (next.state === "open")).toBe(true);
        expect(next.endWallMs ?? next.startWallMs).toBeGreaterThanOrEqual(next.startWallMs);
        if (now.clip !== null) expect(next.clip).toBe(now.clip);
        if (next.thumbnail) expect(next.clip).not.toBeNull();
        expect(next.what).toHaveLength(next.whatScores.length);
        if (each.type !== "what" && each.type !== "pir") expect(next.what).toEqual(now.what);
        if (each.type !== "corrected") expect(next.corrected).toBe(now.corrected);
        const isFixed = now.spared === "ring" || now.spared === "shared";
        const isLate = each.type === "ended" && now.state === "interrupted" && now.kind === "motion";
        if (isFixed || (each.type !== "spared" && !isLate)) expect(next.spared).toBe(now.spared);
        if (isLate || now.spared === "cut") expect(next.spared).toMatch(/cut|ring|shared/u);
        expect(next.mark).toBe(each.type === "marked" ? each.mark : now.mark);
        now = eventSchema.parse(next);
      }
    }),
  );
});

test("law: what happens twice happens once, and a change of nothing is the same object", () => {
  fc.assert(
    fc.property(event, happening, (before, each) => {
      const once = apply(before, each);
      expect(apply(once, each)).toBe(once);
    }),
  );
});

test("law: rings are at least a cooldown apart, and the first press after it always rings", () => {
  const presses = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 30 });
  fc.assert(
    fc.property(presses, fc.integer({ min: 0, max: 5_000 }), (gapsMs, cooldownMs) => {
      let now = 0;
      let last: number | null = null;
      for (const gapMs of gapsMs) {
        now += gapMs;
        const rings = mayRing(last, now, cooldownMs);
        expect(rings).toBe(last === null || now - last >= cooldownMs);
        if (rings) last = now;
      }
    }),
  );
});

test.each([
  [
    "open",
    { type: "ended", endWallMs: 50, score: 7, zones: ["gate"] },
    { state: "closed", endWallMs: 100, score: 7 },
  ],
  ["open", { type: "interrupted", endWallMs: 300 }, { state: "interrupted", endWallMs: 300 }],
] as const)("an %s event: %o gives %o", (_state, each, expected) => {
  const seen = { startWallMs: 100, score: 3, zones: ["path"] };
  expect(apply(openMotion("motion-01", seen), each)).toMatchObject(expected);
});

test("a late word of its end closes an interrupted event", () => {
  const open = openMotion("motion-01", { startWallMs: 100, score: 3, zones: ["path"] });
  const interrupted = apply(open, { type: "interrupted", endWallMs: 200 });
  const closed = apply(interrupted, { type: "ended", endWallMs: 400, score: 9, zones: ["gate"] });
  expect(closed).toMatchObject({ state: "closed", endWallMs: 400, score: 9, zones: ["path", "gate"] });
});

test("zones in which it moves later count at once, and none is forgotten", () => {
  const said = (zones: string[]): Happening => ({ type: "zones", zones });
  const first = openMotion("motion-01", { startWallMs: 1, score: 1, zones: ["path"] });
  const grown = apply(first, said(["path", "gate"]));
  expect(grown.zones).toEqual(["path", "gate"]);
  expect(apply(grown, said(["path"]))).toBe(grown);
  expect(apply(grown, said([]))).toBe(grown);
});

test("what happened is told of whom the house is sure: no waiting person where no person is, no parcel where none is", () => {
  const person = { label: "person" as const, score: 0.6 };
  const vehicle = { label: "vehicle" as const, score: 0.9 };
  const parcel = { label: "parcel" as const, score: 0.7 };
  const all = happeningKinds.map((kind) => ({ kind, wallMs: 1 }));
  const left = (said: Parameters<typeof certainOf>[1], what: Parameters<typeof certainOf>[2]) =>
    certainOf(all, said, what).map(({ kind }) => kind);
  expect(left([person, parcel], [])).toEqual([]);
  expect(left([person, parcel], [person])).toEqual(["crossed", "loitering", "waiting"]);
  expect(left([person, vehicle], [vehicle])).toEqual(["crossed", "parcel-left", "parcel-taken"]);
  // of whom nothing was said, in doubt
  expect(left([], [])).toEqual([...happeningKinds]);
});
