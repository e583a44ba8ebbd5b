import { describe, expect, test } from "vitest";
import { limits } from "../../../daemon/consent/limits.ts";
import { encodeBech32 } from "../../../daemon/seal/age/bech32.ts";
import type { RequestCard } from "../../../portal/api.ts";
import { ownShare } from "../../../portal/web/board/own-share.ts";
import { fits, queryOf } from "../../../portal/web/feed/sieve.ts";
import { merged } from "../../../portal/web/feed/use-feed.ts";
import { gaugesOf } from "../../../portal/web/request/gauges.ts";
import { placeText } from "../../../portal/web/request/places.ts";
import { sentencesOf } from "../../../portal/web/request/sentence.ts";
import { shareKeyOf } from "../../../portal/web/share/share-key.ts";
import { agency, nowMs, request } from "./samples.ts";

const card = (change: Partial<RequestCard> = {}): RequestCard => ({
  hash: "a".repeat(64),
  index: 3,
  state: "open",
  withdrawn: null,
  request,
  agency: { id: agency.id, name: agency.name, kind: agency.kind },
  notes: [],
  ...change,
});

describe("a request in words", () => {
  test("names who, where, when, what, until when and for how long, and none of the agency's own words", () => {
    const { asks, promises, until } = sentencesOf(request, agency.name, nowMs);
    for (const part of ["Harbour Police", "250 m", "53.5500° N", "a burglary", "HP-2026-118"])
      expect(asks).toContain(part);
    expect(promises).toContain("90 days");
    expect(promises).toContain("nobody");
    expect(until).toContain("until");
    expect(asks + promises + until).not.toContain(request.purpose);
  });

  test("says to whom it is passed on, and that it is over", () => {
    const later = { ...request, onwardSharing: ["the prosecutor", "the court"] };
    const { promises, until } = sentencesOf(later, agency.name, request.expiresAt);
    expect(promises).toContain("the prosecutor, the court");
    expect(until).toContain("ended");
  });

  test("puts places on their hemispheres", () => {
    expect(placeText({ lat: -33.5, lon: -70.25 })).toBe("33.5000° S, 70.2500° W");
  });
});

describe("gauges", () => {
  const broken = (change: object) =>
    gaugesOf({ ...request, ...change })
      .filter(({ ok }) => !ok)
      .map(({ id }) => id);

  test("all stand well for a good request", () => {
    expect(broken({})).toEqual([]);
  });

  test.each<[string, object]>([
    ["radius", { area: { lat: 0, lon: 0, radiusM: limits.minRadiusM - 1 } }],
    ["radius", { area: { lat: 0, lon: 0, radiusM: limits.maxRadiusM + 1 } }],
    ["window", { window: { from: nowMs - 60_000, to: nowMs } }],
    ["past", { window: { from: nowMs - 3_600_000, to: nowMs + 1 } }],
    ["life", { expiresAt: nowMs + limits.maxLifetimeMs + 1 }],
    ["life", { expiresAt: nowMs }],
    ["keep", { keepDays: limits.maxKeepDays + 1 }],
  ])("%s shows what is broken, and nothing else", (id, change) => {
    expect(broken(change)).toEqual([id]);
  });
});

describe("the sieve", () => {
  test.each([
    ["", true],
    ["bakery", true],
    ["BAKÉRY hp-2026", true],
    ["harbour burglary", true],
    ["arson", false],
  ])("for %o lets the request through: %s", (text, through) => {
    expect(fits(card(), text)).toBe(through);
  });

  test("asks the portal for what was chosen and not for what was typed", () => {
    expect(queryOf({ agency: "harbour-police", type: "", state: "open", text: "bakery" })).toEqual({
      agency: "harbour-police",
      state: "open",
    });
  });

  test("shows each once, newest first, as it was heard last", () => {
    const old = card({ index: 1, hash: "1".repeat(64) });
    const known = card({ index: 2, hash: "2".repeat(64) });
    const changed = { ...known, state: "withdrawn" } as const;
    expect(merged([changed], [known, old])).toEqual([changed, old]);
  });
});

describe("a post's link", () => {
  const link = "/s/grant-0001#AGE-SECRET-KEY-1QQQ";

  test.each([
    [link, link],
    [`https://elsewhere.example${link}`, link],
    [null, null],
    ["https://elsewhere.example/", null],
    ["javascript:alert(1)", null],
    ["/s/grant-0001", null],
    [`${link}"><script>`, null],
  ])("%s leads to %s", (share, to) => {
    expect(ownShare(share)).toBe(to);
  });
});

describe("the key of a link", () => {
  const key = encodeBech32("AGE-SECRET-KEY-", new Uint8Array(32).fill(5));

  test("is read, also when a program made it small", () => {
    expect(shareKeyOf(key)).toEqual(new Uint8Array(32).fill(5));
    expect(shareKeyOf(key.toLowerCase())).toEqual(new Uint8Array(32).fill(5));
  });

  test("is found in a key file", () => {
    const file = `# created: 2026-11-26\n# public key: age1...\n${key}\n`;
    expect(shareKeyOf(file)).toEqual(new Uint8Array(32).fill(5));
    expect(shareKeyOf(file.replaceAll("\n", " "))).toEqual(new Uint8Array(32).fill(5));
  });

  test("that is missing is none", () => {
    expect(shareKeyOf("")).toBe(null);
  });

  test.each([
    key.slice(0, -1),
    `${key.slice(0, -1)}Q`,
    "hello",
    encodeBech32("AGE-SECRET-KEY-", new Uint8Array(31)),
  ])("with a mistake is refused without repeating it", (text) => {
    expect(() => shareKeyOf(text)).toThrow("mistake");
    expect(() => shareKeyOf(text)).not.toThrow(text.slice(-8));
  });
});
