/** Quiet hours by the clock on the wall, on ordinary days and on those on which clocks are changed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantsOf, localTime, minuteOf } from "../../../daemon/alerts/local-time.ts";
import { isQuiet, quietUntil } from "../../../daemon/alerts/quiet.ts";
import { dayNames } from "../../../daemon/alerts/days.ts";
import { rulesSchema, type QuietWindow } from "../../../daemon/alerts/rules.ts";
import { mostMs, snoozeEnd } from "../../../daemon/alerts/snooze.ts";

const at = (iso: string): number => Date.parse(iso);
const hourMs = 3_600_000;
const everyDay = [...dayNames];

/** The days on which clocks changed in 2026: zone, the instant, by how much. */
const changes = [
  ["Europe/Berlin", "2026-03-29T01:00:00Z", 60],
  ["Europe/Berlin", "2026-10-25T01:00:00Z", -60],
  ["America/New_York", "2026-03-08T07:00:00Z", 60],
  ["America/New_York", "2026-11-01T06:00:00Z", -60],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00Z", -30],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00Z", 30],
] as const;

describe("local time", () => {
  test.each(changes)("of %s moves at %s by %i minutes", (zone, instant, minutes) => {
    const before = localTime(at(instant) - 60_000, zone);
    const after = localTime(at(instant), zone);
    expect(after.minute - before.minute).toBe(minutes + 1);
  });

  test("what the clock jumps over stands for the jump; what it shows twice comes twice", () => {
    const berlin = (month: number, day: number, time: string): string[] =>
      instantsOf({ year: 2026, month, day }, minuteOf(time), "Europe/Berlin").map((each) =>
        new Date(each).toISOString(),
      );
    expect(berlin(3, 29, "02:30")).toEqual(["2026-03-29T01:00:00.000Z"]);
    expect(berlin(10, 25, "02:30")).toEqual(["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]);
    expect(berlin(6, 1, "02:30")).toEqual(["2026-06-01T00:30:00.000Z"]);
    expect(instantsOf({ year: 2026, month: 10, day: 4 }, minuteOf("02:10"), "Australia/Lord_Howe")).toEqual([
      at("2026-10-03T15:30:00Z"),
    ]);
  });

  test("every instant is among those at which the clock shows what it shows then", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: -1_440, max: 1_440 }),
        ([zone, iso], minutes) => {
          const instant = at(iso) + minutes * 60_000;
          const shown = localTime(instant, zone);
          expect(instantsOf(shown, shown.minute, zone)).toContain(instant);
        },
      ),
    );
  });
});

const night: QuietWindow = { days: everyDay, from: "22:00", to: "07:00" };

describe("quiet hours", () => {
  test.each<[string, readonly QuietWindow[], string, boolean]>([
    ["none are chosen", [], "2026-01-15T23:00:00Z", false],
    ["the evening begins", [night], "2026-01-15T21:00:00Z", true],
    ["a minute before", [night], "2026-01-15T20:59:59Z", false],
    ["after midnight", [night], "2026-01-16T02:00:00Z", true],
    ["the last minute", [night], "2026-01-16T05:59:59Z", true],
    ["the morning", [night], "2026-01-16T06:00:00Z", false],
    // 15 January 2026 is a Thursday
    ["the night of a day that is chosen", [{ ...night, days: ["thu"] }], "2026-01-16T02:00:00Z", true],
    ["the morning before it", [{ ...night, days: ["thu"] }], "2026-01-15T02:00:00Z", false],
    ["the night after", [{ ...night, days: ["thu"] }], "2026-01-16T22:00:00Z", false],
    ["a nap", [night, { days: ["thu"], from: "13:00", to: "15:00" }], "2026-01-15T13:59:00Z", true],
    ["after the nap", [night, { days: ["thu"], from: "13:00", to: "15:00" }], "2026-01-15T14:00:00Z", false],
    [
      "a whole day from its hour on",
      [{ days: ["thu"], from: "08:00", to: "08:00" }],
      "2026-01-16T06:59:00Z",
      true,
    ],
    [
      "when the whole day is over",
      [{ days: ["thu"], from: "08:00", to: "08:00" }],
      "2026-01-16T07:00:00Z",
      false,
    ],
  ])("%s", (_name, quiet, iso, expected) => {
    expect(isQuiet({ quiet: [...quiet], timeZone: "Europe/Berlin" }, at(iso))).toBe(expected);
  });

  const timeOfDay = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
  const windows = fc.array(
    fc.record({ days: fc.subarray(everyDay, { minLength: 1 }), from: timeOfDay, to: timeOfDay }),
    { maxLength: 3 },
  );
  const moments = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -2_000, max: 2_000 }))
    .map(([[timeZone, iso], minutes]) => ({ timeZone, instant: at(iso) + minutes * 60_000 }));

  /** The same question by what another formatter prints, as text. */
  function saysTheWall(quiet: readonly QuietWindow[], timeZone: string, instant: number): boolean {
    const [date = "", time = ""] = new Date(instant).toLocaleString("sv-SE", { timeZone }).split(" ");
    const now = time.slice(0, 5);
    const day = (back: number): string =>
      dayNames[new Date(at(`${date}T12:00:00Z`) - back * 24 * hourMs).getUTCDay()] ?? "";
    return quiet.some(({ days, from, to }) => {
      const on = (name: string): boolean => days.some((each) => each === name);
      if (from < to) return on(day(0)) && from <= now && now < to;
      return (on(day(0)) && from <= now) || (on(day(1)) && now < to);
    });
  }

  test("are what the clock on the wall says, on every day of the year's changes", () => {
    fc.assert(
      fc.property(windows, moments, (quiet, { timeZone, instant }) => {
        expect(isQuiet({ quiet, timeZone }, instant)).toBe(saysTheWall(quiet, timeZone, instant));
      }),
    );
  });

  test("last until the first minute that is not quiet, and no longer", () => {
    fc.assert(
      fc.property(windows, moments, (quiet, { timeZone, instant }) => {
        const hours = { quiet, timeZone };
        const end = quietUntil(hours, instant);
        const last = end ?? instant + 48 * hourMs;
        for (let minute = instant; minute < last; minute += 17 * 60_000)
          expect(isQuiet(hours, minute)).toBe(true);
        if (end === null) return;
        expect(isQuiet(hours, end)).toBe(false);
        if (end > instant) expect(isQuiet(hours, end - 60_000)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("end when the clock goes back to before they began", () => {
    const quiet: QuietWindow[] = [{ days: everyDay, from: "02:30", to: "03:00" }];
    const hours = { quiet, timeZone: "Europe/Berlin" };
    expect(quietUntil(hours, at("2026-10-25T00:45:00Z"))).toBe(at("2026-10-25T01:00:00Z"));
    expect(quietUntil(hours, at("2026-10-25T01:45:00Z"))).toBe(at("2026-10-25T02:00:00Z"));
  });

  test("that never end are said so", () => {
    expect(
      quietUntil(
        { quiet: [{ days: everyDay, from: "00:00", to: "00:00" }], timeZone: "UTC" },
        at("2026-01-01T00:00:00Z"),
      ),
    ).toBeNull();
  });

  test.each([["Europe/Atlantis"], [""], ["22:00"]])(
    "a time zone %j that does not exist is refused",
    (timeZone) => {
      const rules = {
        kinds: ["ring"],
        zones: [],
        quiet: [],
        ringThroughQuiet: true,
        digestAfter: true,
        timeZone,
      };
      expect(rulesSchema.safeParse(rules).success).toBe(false);
      expect(rulesSchema.safeParse({ ...rules, timeZone: "Europe/Berlin" }).success).toBe(true);
    },
  );
});

describe("a snooze", () => {
  test.each([
    ["an evening", "2026-01-15T20:00:00Z", "2026-01-16T06:00:00Z"],
    ["late at night means the morning that comes", "2026-01-16T02:00:00Z", "2026-01-16T06:00:00Z"],
    ["early means the next one", "2026-01-16T05:00:00Z", "2026-01-17T06:00:00Z"],
    ["over the night that is an hour short", "2026-03-28T20:00:00Z", "2026-03-29T05:00:00Z"],
    ["over the night that is an hour long", "2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"],
  ])("until tomorrow morning: %s", (_name, from, to) => {
    expect(snoozeEnd("morning", at(from), "Europe/Berlin")).toBe(at(to));
  });

  test("lasts no longer than it was meant to, however the clock is set", () => {
    const snooze = { sinceWallMs: 1_000_000, untilWallMs: 1_900_000, ringThrough: true, by: "Ada" };
    expect([0, 1_000_000, 1_500_000, 1_900_000, 9e9].map((now) => mostMs(snooze, now))).toEqual([
      900_000, 900_000, 400_000, 0, 0,
    ]);
    expect(mostMs({ ...snooze, untilWallMs: null }, 0)).toBe(Infinity);
  });
});
