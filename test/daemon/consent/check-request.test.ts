import { describe, expect, test } from "vitest";
import type { Agency } from "../../../daemon/consent/agency.ts";
import {
  agencyProblem,
  limitProblems,
  normalCase,
  parseRequest,
  requestProblem,
  timeProblem,
} from "../../../daemon/consent/check-request.ts";
import { limits } from "../../../daemon/consent/limits.ts";
import type { RejectCode } from "../../../daemon/consent/reject-codes.ts";
import type { Request } from "../../../daemon/consent/request.ts";
import { testAgency, testPlace, testRequest } from "../../../scripts/rigs/agency.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";

const nowMs = Date.UTC(2026, 10, 26, 12);
const minute = 60_000;
const day = 86_400_000;
const agency = testAgency();
const good = testRequest(agency, { nowMs });
const { signKey } = agency.keys;

function problem(changes: Partial<Request>, profile: Agency | null = agency.profile): RejectCode | null {
  return requestProblem({ ...good, ...changes }, { agency: profile, signKey, nowMs });
}

test("a request within every limit has no problem", () => {
  expect(problem({})).toBeNull();
});

const area = (radiusM: number): Partial<Request> => ({ area: { ...testPlace, radiusM } });
const window = (fromMs: number, toMs: number): Partial<Request> => ({
  window: { from: good.issuedAt + fromMs, to: good.issuedAt + toMs },
});

describe("both sides of each bound", () => {
  test.each<[string, Partial<Request>, RejectCode | null]>([
    ["a radius of 150 m", area(150), null],
    ["a radius just below", area(149.999), "radius-too-small"],
    ["no radius at all", area(0), "radius-too-small"],
    ["a radius of 400 m", area(400), null],
    ["a radius just above", area(400.001), "radius-too-large"],
    ["a window of 15 minutes", window(-60 * minute, -45 * minute), null],
    ["a window a millisecond shorter", window(-60 * minute, -45 * minute - 1), "window-too-short"],
    ["a window of no length", window(-minute, -minute), "window-too-short"],
    ["a window of 12 hours", window(-720 * minute, 0), null],
    ["a window a millisecond longer", window(-720 * minute - 1, 0), "window-too-long"],
    ["a window that ends before it begins", window(-minute, -2 * minute), "window-reversed"],
    ["a window that ends as it is published", window(-60 * minute, 0), null],
    ["a window that ends a millisecond later", window(-60 * minute, 1), "window-not-over"],
    ["a window that begins 45 days before", window(-45 * day, -45 * day + 60 * minute), null],
    [
      "a window that begins a millisecond earlier",
      window(-45 * day - 1, -45 * day + minute * 60),
      "window-too-old",
    ],
    ["open for 14 days", { expiresAt: good.issuedAt + 14 * day }, null],
    ["open a millisecond longer", { expiresAt: good.issuedAt + 14 * day + 1 }, "lifetime-too-long"],
    ["open for no time", { expiresAt: good.issuedAt }, "lifetime-reversed"],
    ["kept for a year", { keepDays: limits.maxKeepDays }, null],
    ["kept for a day more", { keepDays: limits.maxKeepDays + 1 }, "keep-too-long"],
    ["kept not at all", { keepDays: 0 }, null],
    ["passed on to nobody", { onwardSharing: [] }, null],
    ["a case of punctuation alone", { case: " -/- " }, "no-case"],
    ["dated five minutes ahead of the clock", shifted(15 * minute), null],
    ["dated a millisecond further", shifted(15 * minute + 1), "issued-in-future"],
    ["a millisecond before its end", { expiresAt: nowMs + 1 }, null],
    ["at its end", { expiresAt: nowMs }, "expired"],
  ])("%s", (_what, changes, code) => {
    expect(problem(changes)).toBe(code);
  });
});

/** The whole request, later. */
function shifted(ms: number): Partial<Request> {
  return {
    issuedAt: good.issuedAt + ms,
    expiresAt: good.expiresAt + ms,
    window: { from: good.window.from + ms, to: good.window.to + ms },
  };
}

test("without a clock that is trusted, nothing is too late and nothing too early", () => {
  const late = { ...good, expiresAt: good.issuedAt + 1 };
  expect(timeProblem(late, nowMs)).toBe("expired");
  expect(requestProblem(late, { agency: agency.profile, signKey, nowMs: null })).toBeNull();
});

describe("who asks", () => {
  const key = { signKey, from: 0, revokedAt: null };
  const [seal, other] = [agency.keys.sealTo, testKeys(7)];
  test.each<[string, Partial<Agency>, RejectCode | null]>([
    ["a key that is theirs since the request was made", { keys: [{ ...key, from: good.issuedAt }] }, null],
    ["a key that is theirs later", { keys: [{ ...key, from: good.issuedAt + 1 }] }, "key-not-valid-yet"],
    [
      "a key that was revoked, whatever date the request bears",
      { keys: [{ ...key, revokedAt: nowMs }] },
      "key-revoked",
    ],
    [
      "a key that the newest profile leaves out",
      { keys: [{ ...key, signKey: other.signKey }] },
      "unknown-key",
    ],
    ["a key beside others", { keys: [{ ...key, signKey: other.signKey }, key] }, null],
    ["another seal key", { sealTo: [other.sealTo] }, "wrong-seal-key"],
    ["one seal key of two", { sealTo: [other.sealTo, seal] }, null],
    ["another dock", { docks: ["https://elsewhere.test/dock"] }, "wrong-dock"],
    ["the profile of another agency", { id: "other-police" }, "unknown-agency"],
  ])("%s", (_what, changes, code) => {
    expect(problem({}, { ...agency.profile, ...changes })).toBe(code);
  });

  test("an agency that nobody vouched for", () => {
    expect(problem({}, null)).toBe("unknown-agency");
  });
});

describe("the whole circle lies in the territory", () => {
  // a square of 0.02 degrees: its northern edge is 1,111.95 m away, its eastern one 648.6 m
  const { lat, lon } = testPlace;
  const jurisdiction: [number, number][] = [
    [lat - 0.01, lon - 0.01],
    [lat - 0.01, lon + 0.01],
    [lat + 0.01, lon + 0.01],
    [lat + 0.01, lon - 0.01],
  ];
  const at = (dLat: number, dLon: number): RejectCode | null =>
    agencyProblem(
      { ...good, area: { lat: lat + dLat, lon: lon + dLon, radiusM: 300 } },
      { ...agency.profile, jurisdiction },
      signKey,
    );
  test.each<[string, number, number, RejectCode | null]>([
    ["in the middle", 0, 0, null],
    ["301 m from the northern edge", 0.01 - 301 / 111_195, 0, null],
    ["299 m from the northern edge", 0.01 - 299 / 111_195, 0, "outside-jurisdiction"],
    ["301 m from the eastern edge", 0, 0.01 - 301 / 64_846, null],
    ["299 m from the eastern edge", 0, 0.01 - 299 / 64_846, "outside-jurisdiction"],
    ["with its middle outside", 0.02, 0, "outside-jurisdiction"],
    ["on the other side of the globe", -100, 150, "outside-jurisdiction"],
  ])("%s", (_what, dLat, dLon, code) => {
    expect(at(dLat, dLon)).toBe(code);
  });
});

describe("what must be stated", () => {
  const { case: _case, keepDays: _keep, onwardSharing: _onward, ...rest } = good;
  test.each<[string, unknown, RejectCode]>([
    ["no case", { ...good, case: undefined }, "no-case"],
    ["an empty case", { ...good, case: "  " }, "no-case"],
    ["a protest", { ...good, incidentType: "protest" }, "incident-not-listed"],
    ["no retention", { ...good, keepDays: undefined }, "retention-not-stated"],
    ["nothing about passing on", { ...good, onwardSharing: undefined }, "onward-not-stated"],
    ["a field that nobody knows", { ...good, standing: true }, "bad-shape"],
    ["a circle without a middle", { ...good, area: { radiusM: 200 } }, "bad-shape"],
    ["a wrong field beside a missing one", { ...rest, standing: true }, "bad-shape"],
    ["a number", 7, "bad-shape"],
    ["nothing", null, "bad-shape"],
  ])("%s", (_what, payload, code) => {
    expect(parseRequest(payload)).toBe(code);
  });

  test("what is right comes out as it is", () => {
    expect(parseRequest(JSON.parse(JSON.stringify(good)))).toEqual(good);
  });
});

test("every limit that is broken is told, not only the first", () => {
  const bad = { ...good, ...area(20), ...window(-minute, 0), keepDays: 900 };
  expect(limitProblems(bad)).toEqual(["radius-too-small", "window-too-short", "keep-too-long"]);
});

test.each([
  ["2026/17", "2026-17"],
  ["AZ 44/26", "az44 / 26"],
  ["№ 12", "No 12"],
])("%s and %s are one case", (one, other) => {
  expect(normalCase(one)).toBe(normalCase(other));
});

test("cases of different numbers are different", () => {
  expect(normalCase("2026/17")).not.toBe(normalCase("2026/18"));
});
