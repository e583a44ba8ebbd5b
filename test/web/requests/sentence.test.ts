/** A request in plain words. */
import { expect, test } from "vitest";
import {
  keepWords,
  leftWords,
  metres,
  onwardWords,
  planSentence,
  sentenceOf,
} from "../../../web/requests/sentence.ts";
import { aCard, testPlace } from "./cards.ts";

const day = 86_400_000;
const from = new Date(2026, 10, 24, 14).getTime();
const window = { from, to: from + 2.5 * 3_600_000 };
const northEast = { lat: testPlace.lat + 0.0008, lon: testPlace.lon + 0.0014, radiusM: 300 };

test("who asks, how far around, where from the house, and for when", () => {
  const card = aCard(1, { request: { window, area: northEast } });
  expect(sentenceOf(card, testPlace)).toMatch(
    /^Harbour Police asks everyone within 300 m of a point 120 m north-east of your house for recordings of .*24.* 0?2:00.*0?4:30.*\.$|^Harbour Police .* 14:00.*16:30\.$/u,
  );
  expect(planSentence(card, testPlace)).toContain("your house is 120 m south-west of its middle");
});

test("a member, who does not know the place, is told the distance", () => {
  const card = aCard(1, { request: { window, area: northEast } });
  expect(sentenceOf(card, null)).toContain("a point 120 m from your house");
  expect(planSentence(card, null)).toContain("your house is 120 m from its middle");
});

test("a point at the house has no direction", () => {
  expect(sentenceOf(aCard(1, { card: { distanceM: 3 } }), testPlace)).toContain("a point at your house");
});

test.each([
  [0, "To delete it the same day."],
  [1, "To delete it after 1 day."],
  [30, "To delete it after 30 days."],
])("kept for %d days: %s", (keepDays, text) => {
  expect(keepWords({ keepDays })).toBe(text);
});

test("passing on to nobody is said as such", () => {
  expect(onwardWords({ onwardSharing: [] })).toBe("To pass it on to nobody.");
  expect(onwardWords({ onwardSharing: ["the court", "its insurer"] })).toBe(
    "To pass it on to: the court, its insurer.",
  );
});

test.each([
  [-1, null],
  [0, null],
  [1, "1 min"],
  [90 * 60_000, "1 h 30 min"],
  [47 * 3_600_000, "47 h"],
  [9.7 * day, "9 days"],
])("%d ms before its end: %s", (leftMs, text) => {
  expect(leftWords(from + leftMs, from)).toBe(text);
});

test.each([
  [3.4, "3 m"],
  [19.6, "20 m"],
  [124, "120 m"],
  [300, "300 m"],
])("%d is told as %s", (value, text) => {
  expect(metres(value)).toBe(text);
});
