import { describe, expect, test } from "vitest";
import type { Agency } from "../../../../daemon/consent/agency.ts";
import type { Request } from "../../../../daemon/consent/request.ts";
import {
  hashOf,
  moderationEnvelope,
  profileEnvelope,
  requestEnvelope,
  signed,
  testAgency,
  testPlace,
  testRequest,
  withdrawalEnvelope,
  type TestAgency,
} from "../../../../scripts/rigs/agency.ts";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { testKeys } from "../../../../scripts/rigs/paired.ts";
import { testLogSigner, TestLog } from "../../../../scripts/rigs/public-log.ts";
import { SimDisk } from "../../../world/disk.ts";
import { nowMs, openHouse, type TestHouse } from "./house.ts";

const agency = testAgency();
const day = 86_400_000;

/** A log with the agency's profile in it. */
function logOf(...entries: unknown[]): TestLog {
  const log = new TestLog();
  for (const entry of [profileEnvelope(agency), ...entries]) log.append(entry);
  return log;
}

function ask(changes: Partial<Request> & { number?: number } = {}, by: TestAgency = agency) {
  return requestEnvelope(by, testRequest(by, { nowMs, ...changes }));
}

function laterProfile(changes: Partial<Agency>): unknown {
  return profileEnvelope({ profile: { ...agency.profile, version: 2, ...changes } });
}

const statesOf = ({ book }: TestHouse): string[] => book.shown.map(({ state }) => state);

describe("a log that is right", () => {
  test("a request near a house that recorded something is shown, and the ledger says so first", async () => {
    const house = await openHouse();
    const envelope = ask();
    await house.read(logOf(envelope));
    expect(house.book.shown).toMatchObject([{ hash: hashOf(envelope), state: "shown", logIndex: 1 }]);
    expect(house.desk.status).toMatchObject({ state: "current", size: 2, checkedWallMs: nowMs });
    expect(house.told.map(({ what }) => what)).toEqual(["feed-checked", "request-shown"]);
  });

  test.each<[string, Partial<Request>, string]>([
    ["elsewhere", { area: { lat: testPlace.lat + 0.01, lon: testPlace.lon, radiusM: 400 } }, "not-matched"],
    ["about a window in which nothing was recorded", {}, "no-recording"],
    ["too wide", { area: { ...testPlace, radiusM: 401 } }, "radius-too-large"],
  ])("a request %s is not shown, and counted", async (_what, changes, code) => {
    const house = await openHouse();
    house.recorded = code === "no-recording" ? [{ from: nowMs - 2 * 3_600_000, to: nowMs }] : house.recorded;
    await house.read(logOf(ask(changes)));
    expect(house.book.shown).toEqual([]);
    expect(house.desk.status.counts).toEqual({ [code]: 1 });
  });

  test("a house that does not know where it is matches nothing", async () => {
    const house = await openHouse({ place: null });
    await house.read(logOf(ask()));
    expect(house.desk.status.counts).toEqual({ "not-matched": 1 });
  });

  test("goes on where it was, also in the middle of a bundle and after a restart", async () => {
    const files = new SimDisk();
    const log = logOf(ask({ number: 1 }));
    await (await openHouse({ files })).read(log);
    log.append(ask({ number: 2 }));
    const house = await openHouse({ files });
    await house.read(log);
    expect(house.book.shown.map(({ logIndex }) => logIndex)).toEqual([2, 1]);
    expect(house.sent).toEqual([{ type: "feed-from", size: 3 }]);
  });

  test("a log that is too long for one round is read in several, and counts at the end", async () => {
    const house = await openHouse();
    const log = logOf(ask());
    for (let i = 0; i < 600; i += 1) log.append({ not: "a message" });
    const [checkpoint, first, ...rest] = log.round();
    if (checkpoint === undefined || first === undefined) throw new Error("no round");
    for (const message of [checkpoint, first, { type: "feed-end", size: 256 } as const])
      await house.desk.handle(message as Parameters<typeof house.desk.handle>[0]);
    expect(house.sent.at(-1)).toEqual({ type: "feed-from", size: 256 });
    expect(house.book.shown).toEqual([]);
    expect(rest.length).toBeGreaterThan(1);
    await house.read(log);
    expect(house.sent.at(-1)).toEqual({ type: "feed-from", size: 602 });
    expect(house.book.undecided).toBe(1);
    expect(house.desk.status.counts).toEqual({ "bad-shape": 600 });
  });

  test("when the index is away the request waits for it", async () => {
    const house = await openHouse();
    house.recorded = null;
    await house.read(logOf(ask()));
    expect(house.book.undecided).toBe(0);
    house.recorded = [{ from: 0, to: nowMs }];
    await house.book.settle();
    expect(house.book.undecided).toBe(1);
  });
});

describe("who asks", () => {
  const other = testAgency(82, { id: "other-police" });

  test.each<[string, readonly unknown[], string]>([
    ["an agency that nobody vouched for", [ask({}, other)], "unknown-agency"],
    ["somebody with a key of their own", [ask({}, { ...agency, keys: testKeys(7) })], "unknown-key"],
    ["somebody who changed what was signed", [forged()], "bad-signature"],
    ["a key that was revoked before", [revoked(), ask()], "key-revoked"],
    ["a registrar of their own", [signed(testKeys(7), payloadTypes.agency, other.profile)], "wrong-signer"],
    ["an old profile, to get a revoked key back", [revoked(), profileEnvelope(agency)], "old-profile"],
    ["the same request once more", [ask(), ask()], "replayed"],
    ["the number of a request once more", [ask(), ask({ purpose: "the same, in other words" })], "replayed"],
    [
      "a third time in one case",
      [1, 2, 3].map((n) => ask({ number: n, case: `A ${"-".repeat(n)} 7` })),
      "too-many-per-case",
    ],
    ["a message that is longer than an entry may be", ["x".repeat(16_385)], "too-long"],
    ["no message at all", ["]"], "bad-shape"],
    ["a message of no kind that belongs here", [signed(agency.keys, payloadTypes.grant, {})], "bad-shape"],
  ])("%s", async (_what, entries, code) => {
    const house = await openHouse();
    await house.read(logOf(...entries));
    expect(house.desk.status.counts).toEqual({ [code]: 1 });
  });

  function forged(): unknown {
    const { payload: _, ...rest } = ask();
    return { ...rest, payload: ask({ keepDays: 31 }).payload };
  }

  function revoked(): unknown {
    const [key] = agency.profile.keys;
    return laterProfile({ keys: [{ signKey: key?.signKey ?? "", from: 0, revokedAt: nowMs }] });
  }

  test("twice in one case is allowed, and in another agency's case of the same name", async () => {
    const log = logOf(profileEnvelope(other), ask({ number: 1, case: "7" }), ask({ number: 2, case: "7" }));
    log.append(ask({ number: 1, case: "7" }, other));
    const house = await openHouse();
    await house.read(log);
    expect(house.book.undecided).toBe(3);
  });

  test("a new key is told as new, the first one is not", async () => {
    const keys = testKeys(83);
    const [first] = agency.profile.keys;
    const added = { signKey: keys.signKey, from: nowMs - day, revokedAt: null };
    const log = logOf(ask(), laterProfile({ keys: [first ?? added, added] }));
    log.append(ask({ number: 2 }, { ...agency, keys }));
    const house = await openHouse();
    await house.read(log);
    expect(house.book.shown).toMatchObject([
      { keyChanged: true, keySinceMs: nowMs - day },
      { keyChanged: false, keySinceMs: 0 },
    ]);
  });
});

describe("what happens to a request later", () => {
  const request = testRequest(agency, { nowMs });
  const hash = hashOf(requestEnvelope(agency, request));

  async function shownThen(...entries: unknown[]): Promise<TestHouse> {
    const house = await openHouse();
    const log = logOf(ask());
    await house.read(log);
    for (const entry of entries) log.append(entry);
    await house.read(log);
    return house;
  }

  test("the agency takes it back", async () => {
    const house = await shownThen(withdrawalEnvelope(agency, hash, nowMs));
    expect(statesOf(house)).toEqual(["withdrawn"]);
    expect(() => house.book.answerable(hash)).toThrow("this request was taken back");
  });

  test("somebody else cannot take it back", async () => {
    const stranger = { ...agency, keys: testKeys(7) };
    const house = await shownThen(withdrawalEnvelope(stranger, hash, nowMs));
    expect(statesOf(house)).toEqual(["shown"]);
    expect(house.desk.status.counts).toEqual({ "wrong-signer": 1 });
  });

  test("the registrar says something about it, or stops it", async () => {
    const note = { about: hash, kind: "note", text: "We are looking into it.", issuedAt: nowMs } as const;
    const noted = await shownThen(moderationEnvelope(note));
    expect(noted.book.shown).toMatchObject([{ state: "shown", notes: ["We are looking into it."] }]);
    const stopped = await shownThen(
      moderationEnvelope({ ...note, kind: "withdrawn", text: "No such case." }),
    );
    expect(stopped.book.shown).toMatchObject([{ state: "withdrawn", notes: ["No such case."] }]);
  });

  test("its key is revoked, or its seal key replaced", async () => {
    const [key] = agency.profile.keys;
    const revoked = laterProfile({ keys: [{ signKey: key?.signKey ?? "", from: 0, revokedAt: nowMs }] });
    expect(statesOf(await shownThen(revoked))).toEqual(["withdrawn"]);
    expect(statesOf(await shownThen(laterProfile({ sealTo: [testKeys(7).sealTo] })))).toEqual(["withdrawn"]);
    expect(statesOf(await shownThen(laterProfile({ contact: "a new address" })))).toEqual(["shown"]);
  });

  test("a grant that was signed before stays as it is", async () => {
    const house = await openHouse();
    const log = logOf(ask());
    await house.read(log);
    await house.book.granted(hash);
    log.append(withdrawalEnvelope(agency, hash, nowMs));
    await house.read(log);
    expect(statesOf(house)).toEqual(["granted"]);
  });

  test("taken back before it was ever told, nobody hears of it", async () => {
    const house = await openHouse();
    await house.read(logOf(ask(), withdrawalEnvelope(agency, hash, nowMs)));
    expect(house.book.shown).toEqual([]);
    expect(house.told.map(({ what }) => what)).toEqual(["feed-checked"]);
  });
});

describe("a portal that lies", () => {
  const honest = (): TestLog => logOf(ask({ number: 1 }));

  async function caught(lie: (log: TestLog) => [TestLog, number?]): Promise<TestHouse> {
    const house = await openHouse();
    const log = honest();
    log.append(ask({ number: 2, area: { ...testPlace, radiusM: 100 } }));
    await house.read(log);
    await house.read(...lie(log));
    return house;
  }

  test.each<[string, string, (log: TestLog) => [TestLog, number?]]>([
    ["shrinks", "the public log has become shorter: it had 3 entries and has 2", (log) => [log, 2]],
    ["says another thing of the same length", "does not say any more what it said before", another],
    ["rewrites what was and grows", "does not say any more what it said before", rewritten],
    ["is another one with another key", "the public log is not signed as it must be", impostor],
  ])("%s", async (_what, words, lie) => {
    const house = await caught(lie);
    expect(house.desk.status.state).toBe("alarm");
    expect(house.desk.status.fault?.message).toContain(words);
    expect(house.told.filter(({ what }) => what === "feed-alarm")).toHaveLength(1);
    // what was verified before is as it was, and so is the place where the next round begins
    expect(house.desk.status.size).toBe(3);
    expect(house.book.undecided).toBe(1);
    expect(house.sent.at(-1)).toEqual({ type: "feed-from", size: 3 });
  });

  function another(log: TestLog): [TestLog] {
    const fork = log.fork(2);
    fork.append(ask({ number: 9 }));
    return [fork];
  }

  function rewritten(log: TestLog): [TestLog] {
    const [fork] = another(log);
    fork.append(ask({ number: 10 }));
    fork.append(ask({ number: 11 }));
    return [fork];
  }

  function impostor(log: TestLog): [TestLog] {
    const entries = [0, 1, 2].flatMap((index) => log.entry(index) ?? []);
    return [new TestLog(testLogSigner(91), entries)];
  }

  test("the alarm is told once, is there after a restart, and ends when the log agrees again", async () => {
    const files = new SimDisk();
    const log = honest();
    const before = await openHouse({ files });
    await before.read(log);
    await before.read(log, 1);
    await before.read(log, 1);
    expect(before.told.filter(({ what }) => what === "feed-alarm")).toHaveLength(1);
    const house = await openHouse({ files });
    expect(house.desk.status.state).toBe("alarm");
    await house.read(log);
    expect(house.desk.status.state).toBe("current");
  });

  test("the note that convicts it is kept", async () => {
    const house = await openHouse();
    const log = honest();
    await house.read(log);
    await house.read(log, 1);
    expect(house.store.kept.alarm).toMatchObject({ kind: "rollback", checkpoint: log.checkpoint(1) });
  });

  test("a request that was in the part which did not agree can come again in an honest log", async () => {
    const house = await openHouse();
    const log = honest();
    await house.read(log);
    const fork = log.fork(1);
    for (const number of [5, 6, 7]) fork.append(ask({ number }));
    await house.read(fork);
    for (const number of [5, 6]) log.append(ask({ number }));
    await house.read(log);
    expect(house.book.undecided).toBe(3);
    expect(house.desk.status.counts).toEqual({});
  });

  test("an entry that is changed on the way does not count", async () => {
    const house = await openHouse();
    const log = honest();
    const other = log.fork(1);
    other.append(ask({ number: 4 }));
    const [checkpoint] = log.round();
    const [, ...bundles] = other.round();
    for (const message of [checkpoint, ...bundles])
      await house.desk.handle(message as Parameters<typeof house.desk.handle>[0]);
    expect(house.desk.status).toMatchObject({ state: "alarm", size: 0 });
    expect(house.book.shown).toEqual([]);
  });

  test("a bundle that is cut, or that does not follow, is no alarm: the next round goes on", async () => {
    const house = await openHouse();
    const log = honest();
    const [checkpoint] = log.round();
    const cut = { type: "feed-bundle", index: 0, width: 2, bytes: "AAA=" } as const;
    const gap = { type: "feed-bundle", index: 7, width: 256, bytes: "" } as const;
    for (const message of [checkpoint, gap, cut, { type: "feed-end", size: 2 }])
      await house.desk.handle(message as Parameters<typeof house.desk.handle>[0]);
    expect(house.desk.status).toMatchObject({ state: "failing", size: 0 });
    await house.read(log);
    expect(house.desk.status).toMatchObject({ state: "current", size: 2 });
  });

  test("forged words of the registrar: some are counted, many end the round", async () => {
    const log = honest();
    const { sig } = ask().signatures[0] ?? { sig: "" };
    for (let version = 2; version < 10; version += 1) log.append(forgedProfile(version, sig));
    const house = await openHouse();
    await house.read(log);
    expect(house.desk.status.counts).toEqual({ "bad-signature": 8 });
    for (let version = 10; version < 1_100; version += 1) log.append(forgedProfile(version, sig));
    await house.read(log);
    expect(house.desk.status).toMatchObject({ state: "alarm", size: 10 });
  });

  function forgedProfile(version: number, sig: string): unknown {
    const { signatures, ...rest } = profileEnvelope({ profile: { ...agency.profile, version } });
    return { ...rest, signatures: [{ keyid: signatures[0]?.keyid, sig }] };
  }
});

describe("words for what does not go on", () => {
  test("the courier cannot fetch", async () => {
    const house = await openHouse();
    const fault = { kind: "unavailable", message: "the portal answers with 10 GB", hint: "ask who runs it" };
    await house.desk.handle({ type: "feed-failed", fault });
    expect(house.desk.status).toMatchObject({
      state: "failing",
      fault: { message: "the portal answers with 10 GB", hint: "ask who runs it" },
    });
    await house.read(logOf());
    expect(house.desk.status.state).toBe("current");
  });

  test("nothing was fetched for a day", async () => {
    const house = await openHouse();
    await house.read(logOf());
    await house.clock.advance(day - 1);
    expect(house.desk.status.state).toBe("current");
    await house.clock.advance(1);
    expect(house.desk.status.fault?.message).toBe("the public log was not fetched for 24 hours");
  });

  test("the log does not grow for two weeks: quiet, or kept back", async () => {
    const house = await openHouse();
    const log = logOf();
    await house.read(log);
    await house.clock.advance(14 * day);
    await house.read(log);
    expect(house.desk.status.fault?.message).toBe("the public log has not grown for 14 days");
    log.append(ask({ issuedAt: nowMs + 13 * day, expiresAt: nowMs + 20 * day }));
    await house.read(log);
    expect(house.desk.status.state).toBe("current");
  });

  test("a clock that is not trusted says nothing about days", async () => {
    const house = await openHouse();
    await house.read(logOf());
    house.clockTrusted = false;
    house.clock.stepWall(400 * day);
    expect(house.desk.status.state).toBe("current");
  });

  test("keys that are not set", async () => {
    const house = await openHouse({ logKey: "" });
    await house.read(logOf());
    expect(house.desk.status).toMatchObject({
      state: "failing",
      fault: { message: "the portal's keys are not set" },
    });
  });
});
