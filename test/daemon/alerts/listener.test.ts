/** One listener through time: told now, held, or refused, and never two of these. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heard, looked, newListener, toldAtOnce, type Listener } from "../../../daemon/alerts/listener.ts";
import { dayNames } from "../../../daemon/alerts/days.ts";
import { everything, type Rules } from "../../../daemon/alerts/rules.ts";
import type { Snooze } from "../../../daemon/alerts/snooze.ts";
import { countOf } from "../../../daemon/alerts/counts.ts";
import type { Sum } from "../../../daemon/alerts/sum.ts";
import { verdictOf, type Verdict } from "../../../daemon/alerts/verdict.ts";

const minuteMs = 60_000;
const noon = Date.parse("2026-01-15T12:00:00Z");
const midnight = Date.parse("2026-01-15T00:00:00Z");
const all = everything("UTC");
const nights: Rules = { ...all, quiet: [{ days: [...dayNames], from: "22:00", to: "07:00" }] };
const snoozed: Snooze = { sinceWallMs: 0, untilWallMs: null, ringThrough: false, by: "Ada" };
const ring = { id: "ring-0001", kind: "ring", zones: [] } as const;
const motion = (...zones: string[]) => ({ id: "motion-0001", kind: "motion", zones }) as const;

describe("a verdict", () => {
  const now = { wallMs: noon, snooze: null, flooded: false };
  const night = { ...now, wallMs: midnight };
  test.each<[string, Verdict, Verdict]>([
    ["a ring", verdictOf(ring, all, now), { told: "now" }],
    [
      "a kind that is not wanted",
      verdictOf(motion(), { ...all, kinds: ["ring"] }, now),
      { told: "never", why: "kind" },
    ],
    ["nothing wanted", verdictOf(ring, { ...all, kinds: [] }, now), { told: "never", why: "kind" }],
    [
      "another zone",
      verdictOf(motion("Street"), { ...all, zones: ["Path"] }, now),
      { told: "never", why: "zone" },
    ],
    [
      "one of its zones",
      verdictOf(motion("Street", "Path"), { ...all, zones: ["Path"] }, now),
      { told: "now" },
    ],
    ["a place nobody knows", verdictOf(motion(), { ...all, zones: ["Path"] }, now), { told: "now" }],
    [
      "a house where no zone is drawn any more",
      verdictOf(motion("everywhere"), { ...all, zones: ["Path"] }, now),
      { told: "now" },
    ],
    ["a ring has no zone", verdictOf(ring, { ...all, zones: ["Path"] }, now), { told: "now" }],
    ["quiet hours", verdictOf(motion(), nights, night), { told: "later", why: "quiet" }],
    ["a ring through quiet hours", verdictOf(ring, nights, night), { told: "now" }],
    [
      "no ring through them",
      verdictOf(ring, { ...nights, ringThroughQuiet: false }, night),
      { told: "later", why: "quiet" },
    ],
    [
      "no digest wanted",
      verdictOf(motion(), { ...nights, digestAfter: false }, night),
      { told: "never", why: "quiet" },
    ],
    ["snoozed", verdictOf(ring, all, { ...now, snooze: snoozed }), { told: "later", why: "snooze" }],
    [
      "a ring through the snooze",
      verdictOf(ring, all, { ...now, snooze: { ...snoozed, ringThrough: true } }),
      { told: "now" },
    ],
    [
      "through the snooze, into quiet hours",
      verdictOf(
        ring,
        { ...nights, ringThroughQuiet: false },
        { ...night, snooze: { ...snoozed, ringThrough: true } },
      ),
      { told: "later", why: "quiet" },
    ],
    ["a flood", verdictOf(motion(), all, { ...now, flooded: true }), { told: "later", why: "flood" }],
    ["a ring in a flood", verdictOf(ring, all, { ...now, flooded: true }), { told: "now" }],
  ])("%s", (_name, verdict, expected) => {
    expect(verdict).toEqual(expected);
  });
});

/** A listener whose clock a test moves. */
function follow(rules: Rules) {
  let state: Listener = newListener;
  let monoMs = 0;
  let wallMs = noon;
  let snooze: Snooze | null = null;
  let current = rules;
  const digests: Sum[] = [];
  const verdicts: Verdict[] = [];
  const look = (): void => {
    const { listener, digest } = looked(state, { rules: current, now: { wallMs, monoMs, snooze } });
    state = listener;
    if (digest !== null) digests.push(digest);
  };
  return {
    digests,
    verdicts,
    get held(): number {
      return countOf(state.held);
    },
    get remembered(): number {
      return state.toldMonoMs.length;
    },
    hear(happening: Parameters<typeof heard>[1]): void {
      const { listener, verdict } = heard(state, happening, {
        rules: current,
        now: { wallMs, monoMs, snooze },
      });
      state = listener;
      verdicts.push(verdict);
    },
    pass(ms: number): void {
      monoMs += ms;
      wallMs += ms;
      look();
    },
    stepWall(ms: number): void {
      wallMs += ms;
      look();
    },
    snooze(next: Snooze | null): void {
      snooze = next;
      look();
    },
    choose(next: Rules): void {
      current = next;
      look();
    },
  };
}

test("the first movements are told, the rest of a flood is one digest, and rings are never in it", () => {
  const listener = follow(all);
  for (let i = 0; i < 15; i += 1) {
    listener.hear(motion(i % 2 === 0 ? "Path" : "Steps"));
    listener.pass(10_000);
  }
  listener.hear(ring);
  expect(listener.verdicts.map(({ told }) => told)).toEqual([
    ...Array.from({ length: toldAtOnce }, () => "now"),
    ...Array.from({ length: 12 }, () => "later"),
    "now",
  ]);
  expect(listener.digests).toEqual([]);
  listener.pass(10 * minuteMs);
  expect(listener.digests).toMatchObject([{ why: "flood", rings: 0, motions: 12, zones: ["Steps", "Path"] }]);
  listener.hear(motion());
  expect(listener.held).toBe(1); // it goes on
  listener.pass(10 * minuteMs);
  listener.pass(10 * minuteMs);
  listener.hear(motion());
  expect(listener.verdicts.at(-1)).toEqual({ told: "now" });
});

test("what a night held is told once in the morning, and not when the clock is set back into it", () => {
  const listener = follow({ ...nights, ringThroughQuiet: false });
  listener.pass(11 * 60 * minuteMs);
  listener.hear(motion("Path"));
  listener.hear(ring);
  listener.pass(60 * minuteMs);
  expect([listener.held, listener.digests.length]).toEqual([2, 0]);
  listener.stepWall(8 * 60 * minuteMs);
  expect(listener.digests).toMatchObject([{ why: "quiet", rings: 1, motions: 1 }]);
  listener.stepWall(-8 * 60 * minuteMs);
  listener.pass(24 * 60 * minuteMs);
  expect([listener.held, listener.digests.length]).toEqual([0, 1]);
});

const actions = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("ring" as const) }),
    fc.record({ do: fc.constant("motion" as const), zone: fc.constantFrom("Path", "Street") }),
    fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 120 * minuteMs }) }),
    fc.record({ do: fc.constant("step" as const), ms: fc.integer({ min: -90_000_000, max: 90_000_000 }) }),
    fc.record({ do: fc.constant("snooze" as const), ringThrough: fc.boolean() }),
    fc.record({ do: fc.constant("wake" as const) }),
    fc.record({
      do: fc.constant("choose" as const),
      rules: fc.record({
        kinds: fc.subarray<"ring" | "motion">(["ring", "motion"]),
        zones: fc.subarray(["Path"]),
        ringThroughQuiet: fc.boolean(),
        digestAfter: fc.boolean(),
        isQuiet: fc.boolean(),
      }),
    }),
  ),
  { maxLength: 120 },
);

test("every happening is told, held or refused, and never two of these; what was held is told once", () => {
  fc.assert(
    fc.property(actions, (list) => {
      const listener = follow(all);
      let rings = 0;
      for (const action of list) {
        if (action.do === "ring") {
          listener.hear(ring);
          rings += 1;
        } else if (action.do === "motion") listener.hear(motion(action.zone));
        else if (action.do === "pass") listener.pass(action.ms);
        else if (action.do === "step") listener.stepWall(action.ms);
        else if (action.do === "snooze") listener.snooze({ ...snoozed, ringThrough: action.ringThrough });
        else if (action.do === "wake") listener.snooze(null);
        else {
          const { isQuiet, ...rules } = action.rules;
          listener.choose({ ...all, ...rules, quiet: isQuiet ? nights.quiet : [] });
        }
        const later = listener.verdicts.filter(({ told }) => told === "later").length;
        const inDigests = listener.digests.reduce((sum, digest) => sum + countOf(digest), 0);
        expect(inDigests + listener.held).toBe(later);
        expect(listener.remembered).toBeLessThanOrEqual(toldAtOnce);
      }
      listener.choose(all);
      listener.snooze(null);
      listener.pass(10 * minuteMs);
      expect(listener.held).toBe(0);
      const sums = listener.digests;
      expect(sums.filter(({ why }) => why === "flood").every((sum) => sum.rings === 0)).toBe(true);
      expect(sums.reduce((sum, digest) => sum + digest.rings, 0)).toBeLessThanOrEqual(rings);
    }),
  );
});

describe("what follows in an event", () => {
  const at = (monoMs: number) => ({ rules: all, now: { wallMs: noon + monoMs, monoMs, snooze: null } });
  const kindly = (id: string, kind: "person" | "waiting" | "parcel-left", before?: "told" | "held") =>
    ({ id, kind, zones: [], before }) as const;

  test("takes the place of what was told: it is told in a flood too, and makes none", () => {
    let listener = newListener;
    for (const id of ["a", "b"]) listener = heard(listener, kindly(id, "person"), at(0)).listener;
    for (let many = 0; many < 5; many += 1) {
      const next = heard(listener, kindly("b", "waiting", "told"), at(1));
      expect(next.verdict).toEqual({ told: "now" });
      listener = next.listener;
    }
    const third = heard(listener, kindly("c", "person"), at(2));
    expect(third.verdict).toEqual({ told: "now" });
    const fourth = heard(third.listener, kindly("d", "person"), at(3));
    expect(fourth.verdict).toEqual({ told: "later", why: "flood" });
    expect(heard(fourth.listener, kindly("c", "parcel-left", "told"), at(4)).verdict).toEqual({
      told: "now",
    });
  });

  test("what is held counts an event once, and each parcel", () => {
    const night = { ...at(0), rules: nights, now: { ...at(0).now, wallMs: midnight } };
    let { listener } = heard(newListener, kindly("a", "person"), night);
    listener = heard(listener, kindly("a", "waiting", "held"), night).listener;
    listener = heard(listener, kindly("a", "parcel-left", "held"), night).listener;
    listener = heard(listener, kindly("b", "person"), night).listener;
    expect(listener.held).toMatchObject({ persons: 2, parcels: 1, motions: 0, rings: 0 });
  });

  test("what was held and told in a digest is no empty digest later", () => {
    let listener: Listener = { toldMonoMs: [0, 0, 0], held: null, dueMonoMs: null };
    const ten = 10 * minuteMs;
    ({ listener } = heard(listener, kindly("a", "person"), at(ten - 10_000)));
    const first = looked({ ...listener, dueMonoMs: ten }, at(ten));
    expect(countOf(first.digest)).toBe(1);
    const next = heard(first.listener, { ...kindly("a", "person", "held"), kind: "loitering" }, at(ten + 1));
    expect([next.verdict.told, countOf(next.listener.held)]).toEqual(["later", 1]);
    expect(countOf(looked(next.listener, at(3 * ten)).digest)).toBe(1);
  });

  test.each(["waiting", "parcel-left", "parcel-taken"] as const)(
    "%s is told in a flood, and makes none",
    (kind) => {
      const few = heard(newListener, { id: "a", kind, zones: [] }, at(0));
      expect([few.verdict, few.listener.toldMonoMs]).toEqual([{ told: "now" }, []]);
      const flood: Listener = { toldMonoMs: [0, 0, 0], held: null, dueMonoMs: minuteMs };
      expect(heard(flood, { id: "b", kind, zones: [] }, at(1)).verdict).toEqual({ told: "now" });
    },
  );
});
