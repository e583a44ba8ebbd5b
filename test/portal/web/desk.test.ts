import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { keysOf, signEnvelope } from "../../../daemon/identity/keys.ts";
import { parseIdentities, recipientOf } from "../../../daemon/seal/age/keys.ts";
import { promisedUntil, readNotice, readReceipt } from "../../../portal/web/desk/after.ts";
import { draftGauges } from "../../../portal/web/desk/draft-gauges.ts";
import {
  missingOf,
  newDraft,
  newRequestId,
  problemsOf,
  requestOf,
  type Draft,
} from "../../../portal/web/desk/draft.ts";
import { keyFile, publicHalves, readKeyFile } from "../../../portal/web/desk/key-file.ts";
import { stateOf } from "../../../portal/web/desk/parcel-state.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import { agency, agencyKeys, nowMs, ownerKeys, request } from "./samples.ts";

describe("the key file of an agency", () => {
  const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const made = (of: Uint8Array, name = "Harbour Police") => keyFile({ seed: of, name, day: "2026-11-26" });

  test("gives back the seed that it was made of, whatever its name", () => {
    fc.assert(
      fc.property(seed, fc.string(), (bytes, name) => {
        expect(readKeyFile(made(bytes, name)).seed).toEqual(bytes);
      }),
      { numRuns: 20 },
    );
  });

  test("is a key file of age too, for the same key", () => {
    const bytes = new Uint8Array(32).fill(40);
    const [identity, ...rest] = parseIdentities(made(bytes, "two\nlines"));
    expect(rest).toEqual([]);
    expect(identity && recipientOf(identity).text).toBe(keysOf(bytes).sealTo);
  });

  test.each([
    ["nothing", "", "holds no key"],
    ["another key file", "AGE-SECRET-KEY-1QQQ\n", "holds no key"],
    ["a typing mistake", made(new Uint8Array(32)).replace(/(SEED-1.{5})./u, "$1Z"), "has a mistake"],
    [
      "lines of two files",
      made(new Uint8Array(32)).replace(/^AGE.*$/mu, keysOf(new Uint8Array(32).fill(1)).sealIdentity),
      "do not belong together",
    ],
  ])("with %s is refused without repeating it", (_what, text, words) => {
    expect(() => readKeyFile(text)).toThrow(words);
    expect(() => readKeyFile(text)).not.toThrow("SEED-1");
  });

  test("shows the registrar public halves and no secret", () => {
    const text = publicHalves(agencyKeys, "Harbour Police");
    expect(JSON.parse(text)).toEqual({
      name: "Harbour Police",
      signKey: agencyKeys.signKey,
      sealTo: agencyKeys.sealTo,
    });
  });
});

describe("a draft", () => {
  const full: Draft = {
    ...newDraft(agency),
    case: "HP-2026-118",
    incidentType: "burglary",
    purpose: "Somebody broke into the bakery.",
    lat: "53,55",
    lon: "10.0",
    from: "2026-11-24T20:00",
    to: "2026-11-24T22:00",
  };
  const signing = { agency, id: request.id, nowMs };

  test("that is new lacks what only its writer knows, and promises something", () => {
    const draft = newDraft(agency);
    expect(missingOf(draft)).toHaveLength(5);
    expect(requestOf(draft, signing)).toBe(null);
    expect(draft).toMatchObject({ sealTo: agencyKeys.sealTo, contact: agency.contact });
  });

  test("that is full is a request that a doorbell looks at", () => {
    const made = requestOf(full, signing);
    expect(missingOf(full)).toEqual([]);
    expect(made).toMatchObject({ area: { lat: 53.55, lon: 10, radiusM: 250 }, onwardSharing: [] });
    expect(made && problemsOf(made, agency, agencyKeys.signKey)).toEqual([]);
  });

  test.each<[string, Partial<Draft>, string]>([
    ["one home", { radiusM: "20" }, "radius-too-small"],
    ["a whole quarter", { radiusM: "900" }, "radius-too-large"],
    ["one person's way", { to: "2026-11-24T20:10" }, "window-too-short"],
    ["half a week", { from: "2026-11-21T20:00" }, "window-too-long"],
    ["what comes", { from: "2027-11-24T20:00", to: "2027-11-24T22:00" }, "window-not-over"],
    ["the summer", { from: "2026-06-24T20:00", to: "2026-06-24T22:00" }, "window-too-old"],
    ["another town", { lat: "48.1", lon: "11.5" }, "outside-jurisdiction"],
    ["an answer next month", { lifeDays: "30" }, "lifetime-too-long"],
    ["recordings for ever", { keepDays: "3650" }, "keep-too-long"],
  ])("that asks for %s is refused as a doorbell refuses it", (_what, change, code) => {
    const made = requestOf({ ...full, ...change }, signing);
    expect(made && problemsOf(made, agency, agencyKeys.signKey)).toContain(code);
  });

  test("tells all that is wrong at once", () => {
    const made = requestOf({ ...full, radiusM: "20", lifeDays: "30" }, signing);
    expect(made && problemsOf(made, agency, agencyKeys.signKey)).toEqual([
      "radius-too-small",
      "lifetime-too-long",
    ]);
  });

  test("shows limits as not said, kept or broken", () => {
    const ofId = (draft: Draft, id: string) => draftGauges(draft, nowMs).find((gauge) => gauge.id === id)?.ok;
    expect(ofId(newDraft(agency), "window")).toBe(null);
    expect(ofId(full, "window")).toBe(true);
    expect(ofId({ ...full, to: "2026-11-24T20:10" }, "window")).toBe(false);
    expect(ofId({ ...full, radiusM: "x" }, "radius")).toBe(null);
  });

  test("gets an id that nobody else has", () => {
    const ids = new Set(Array.from({ length: 100 }, newRequestId));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z-]{8,40}$/u);
  });
});

describe("what comes after", () => {
  const about = { grant: "grant-0001", manifest: "c".repeat(64), ownerKey: ownerKeys.signKey };
  const notice = { ...about, reason: "please", ownerKey: ownerKeys.signKey, issuedAt: nowMs };
  const signed = (keys: typeof ownerKeys, change: object = {}) =>
    signEnvelope(keys, payloadTypes.deletionNotice, { ...notice, ownerKey: keys.signKey, ...change });

  test("a notice by the letter's key counts", () => {
    expect(readNotice(signed(ownerKeys), about)).toMatchObject({ counts: true, byLettersKey: true });
  });

  test("a notice by another key counts, and is told apart", () => {
    expect(readNotice(signed(testKeys(2)), about)).toMatchObject({ counts: true, byLettersKey: false });
  });

  test.each([
    ["about other bytes", signed(ownerKeys, { manifest: "d".repeat(64) }), "other-bytes"],
    ["about another parcel", signed(ownerKeys, { grant: "grant-0002" }), "other-bytes"],
    ["in another's name", signed(testKeys(2), { ownerKey: ownerKeys.signKey }), "signature"],
    ["that is no message", { hello: 1 }, "signature"],
  ])("a notice %s does not", (_what, envelope, because) => {
    expect(readNotice(envelope, about)).toEqual({ counts: false, because });
  });

  test("a receipt counts only by a key of the agency", () => {
    const receipt = {
      grant: "grant-0001",
      agency: agency.id,
      manifest: about.manifest,
      receivedAt: nowMs,
      keepUntil: promisedUntil(request, nowMs),
      onwardSharing: [],
    };
    const envelope = signEnvelope(agencyKeys, payloadTypes.receipt, receipt);
    expect(readReceipt(envelope, [agencyKeys.signKey])).toEqual(receipt);
    expect(readReceipt(envelope, [testKeys(2).signKey])).toBe(null);
    expect(readReceipt(null, [agencyKeys.signKey])).toBe(null);
  });

  test("a parcel stands as the newest signature about it says", () => {
    const parcel = {
      grant: "grant-0001",
      bytes: 1,
      letterBytes: 1,
      request: null,
      arrivedAt: nowMs,
      until: nowMs,
      here: true,
      receipt: null,
      notices: [],
      answer: null,
    };
    const mutable = (envelope: ReturnType<typeof signEnvelope>) => ({
      ...envelope,
      signatures: [...envelope.signatures],
    });
    const answer = (what: "deleted" | "kept") =>
      mutable(
        signEnvelope(agencyKeys, payloadTypes.deletionAnswer, {
          grant: "grant-0001",
          agency: agency.id,
          manifest: about.manifest,
          answer: what,
          basis: what === "kept" ? "a law" : "",
          answeredAt: nowMs,
        }),
      );
    expect(stateOf(parcel)).toBe("fresh");
    expect(stateOf({ ...parcel, here: false })).toBe("gone");
    expect(stateOf({ ...parcel, notices: [mutable(signed(ownerKeys))] })).toBe("asked");
    expect(stateOf({ ...parcel, answer: answer("deleted") })).toBe("deleted");
    expect(stateOf({ ...parcel, answer: answer("kept") })).toBe("kept");
  });
});
