import { expect, test } from "vitest";
import { everything } from "../../../daemon/alerts/rules.ts";
import { silenceNow, type Listening } from "../../../web/alerts/silence.ts";
import { silenceWords } from "../../../web/alerts/silence-words.ts";
import { withWindow } from "../../../web/alerts/draft.ts";
import { clockTime } from "../../../web/look/format.ts";

const midnight = Date.parse("2026-01-15T00:00:00Z");
const hourMs = 3_600_000;
const open: Listening = { rules: everything("UTC"), snooze: null, held: 0 };
const night: Listening = { ...open, rules: withWindow(open.rules) };
const snoozed: Listening = {
  ...night,
  snooze: { sinceWallMs: midnight, untilWallMs: midnight + hourMs, ringThrough: false, by: "Ada" },
};

test("who is kept silent, by what and until when", () => {
  expect(silenceNow(open, midnight)).toBeNull();
  expect(silenceNow(night, midnight)).toEqual({
    by: "quiet",
    untilWallMs: midnight + 7 * hourMs,
    ring: true,
  });
  expect(silenceNow(night, midnight + 7 * hourMs)).toBeNull();
  expect(silenceNow(snoozed, midnight)).toMatchObject({ by: "snooze", who: "Ada", ring: false });
  // the page knows that it is over before it hears so
  expect(silenceNow(snoozed, midnight + hourMs)).toMatchObject({ by: "quiet" });
});

test("a snooze is said with who began it and until when, and whether rings are told", () => {
  const until = midnight + hourMs;
  const by = { by: "snooze", who: "Ada", untilWallMs: until, ring: true } as const;
  expect(silenceWords("You", by, midnight)).toBe(
    `You: snoozed until ${clockTime(until)}, by Ada, rings are told`,
  );
  expect(silenceWords("You", { ...by, who: null, untilWallMs: null, ring: false }, midnight)).toBe(
    "You: snoozed until somebody ends it, by another system of the house",
  );
  expect(silenceWords("You", { by: "quiet", untilWallMs: null, ring: true }, midnight)).toBe(
    "You: always quiet hours, rings are told",
  );
});
