import { describe, expect, test } from "vitest";
import { Fault } from "../../../../hal/fault.ts";
import {
  hashOf,
  profileEnvelope,
  requestEnvelope,
  testAgency,
  testPlace,
  testRequest,
} from "../../../../scripts/rigs/agency.ts";
import { TestLog } from "../../../../scripts/rigs/public-log.ts";
import { SimDisk } from "../../../world/disk.ts";
import { nowMs, openHouse, type HouseOptions, type TestHouse } from "./house.ts";

const agency = testAgency();
const envelope = requestEnvelope(agency, testRequest(agency, { nowMs }));
const hash = hashOf(envelope);
const day = 86_400_000;
const expiresAt = nowMs + 7 * day;

/** A house to which the request was shown. */
async function shown(options: HouseOptions = {}): Promise<TestHouse> {
  const house = await openHouse(options);
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  log.append(envelope);
  await house.read(log);
  return house;
}

const stateOf = ({ book }: TestHouse): string | undefined => book.requestByHash(hash)?.state;

describe("refusing", () => {
  test("is final: no grant, no second answer, also after a restart", async () => {
    const files = new SimDisk();
    const before = await shown({ files });
    await before.book.refuse(hash, "Ada");
    const house = await openHouse({ files });
    expect(stateOf(house)).toBe("refused");
    expect(() => house.book.answerable(hash)).toThrow("this request was refused, which is final");
    await house.book.granted(hash);
    expect(stateOf(house)).toBe("refused");
  });

  test("is in the ledger before it counts, and does not happen when the ledger is full", async () => {
    let isFull = false;
    const tell = async (): Promise<void> => {
      if (isFull) throw new Fault("exhausted", "the disk is full");
    };
    const house = await shown({ tell });
    isFull = true;
    await expect(house.book.refuse(hash, "Ada")).rejects.toThrow("the disk is full");
    expect(stateOf(house)).toBe("shown");
  });

  test("is not possible any more when something was shared", async () => {
    const house = await shown();
    await house.book.granted(hash);
    await expect(house.book.refuse(hash, "Ada")).rejects.toThrow("something was already shared");
  });
});

describe("a grant", () => {
  test("makes it granted; cancelled in time, it is as it was", async () => {
    const house = await shown();
    await house.book.granted(hash);
    expect(stateOf(house)).toBe("granted");
    await house.book.grantCancelled(hash);
    expect(house.book.answerable(hash)).toMatchObject({
      state: "shown",
      request: { sealTo: agency.keys.sealTo },
    });
  });

  test("is for nothing that was never shown", async () => {
    const house = await openHouse();
    expect(house.book.requestByHash(hash)).toBeNull();
    expect(() => house.book.answerable(hash)).toThrow("no such request was shown at this doorbell");
    await expect(house.book.granted(hash)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("stays granted when the request's time is over", async () => {
    const house = await shown();
    await house.book.granted(hash);
    await house.clock.advance(8 * day);
    await house.book.settle();
    expect(stateOf(house)).toBe("granted");
  });
});

describe("time", () => {
  test("runs out, is told in the ledger, and cannot be answered from that moment on", async () => {
    const house = await shown();
    await house.clock.advance(expiresAt - nowMs - 1);
    await house.book.settle();
    expect(house.book.answerable(hash).state).toBe("shown");
    await house.clock.advance(1);
    expect(() => house.book.answerable(hash)).toThrow("the time of this request is over");
    await house.book.settle();
    expect(stateOf(house)).toBe("expired");
    expect(house.told.at(-1)).toMatchObject({ what: "request-expired", about: { request: hash } });
  });

  test("does not run out by a clock that is not trusted", async () => {
    const house = await shown();
    house.clockTrusted = false;
    house.clock.stepWall(3_650 * day);
    await house.book.settle();
    expect(stateOf(house)).toBe("shown");
    house.clock.stepWall(-3_650 * day);
    house.clockTrusted = true;
    await house.book.settle();
    expect(stateOf(house)).toBe("shown");
  });

  test.each([
    ["fell to 1970", -nowMs],
    ["leapt ten years", 3_650 * day],
  ])("by a clock that %s: nothing is told and nothing lost until it is trusted again", async (_what, ms) => {
    const house = await openHouse();
    house.clockTrusted = false;
    house.clock.stepWall(ms);
    const log = new TestLog();
    log.append(profileEnvelope(agency));
    log.append(envelope);
    await house.read(log);
    expect(house.book.undecided).toBe(0);
    house.clock.stepWall(-ms);
    house.clockTrusted = true;
    await house.book.settle();
    expect(stateOf(house)).toBe("shown");
  });

  test("that is over before it was told leaves a number and no line", async () => {
    const house = await shown({ mostShownPerDay: 1 });
    const log = new TestLog();
    log.append(profileEnvelope(agency));
    log.append(envelope);
    log.append(
      requestEnvelope(agency, testRequest(agency, { nowMs, number: 2, expiresAt: nowMs + 3_600_000 })),
    );
    await house.read(log);
    expect(house.book.digest.waiting).toBe(1);
    await house.clock.advance(3_600_000);
    await house.book.settle();
    expect(house.book.digest.waiting).toBe(0);
    expect(house.desk.status.counts).toEqual({ expired: 1 });
    expect(house.told.filter(({ what }) => what === "request-expired")).toEqual([]);
  });
});

describe("where the house is", () => {
  test("corrected: a request that was for the place before goes, one that still fits has another distance", async () => {
    const house = await shown();
    const near = { lat: testPlace.lat + 0.001, lon: testPlace.lon };
    await house.book.putPlace(near, "Ada");
    expect(house.book.shown[0]?.distanceM).toBeCloseTo(111.2, 1);
    await house.book.putPlace({ lat: testPlace.lat + 1, lon: testPlace.lon }, "Ada");
    expect(house.book.shown).toEqual([]);
  });

  test("what was refused stays refused wherever the house is", async () => {
    const house = await shown();
    await house.book.refuse(hash, "Ada");
    await house.book.putPlace(null, "Ada");
    expect(stateOf(house)).toBe("refused");
  });

  test.each([
    ["299 m", 299, 1],
    ["301 m", 301, 0],
  ])("%s from the middle of a circle of 300 m", async (_what, meters, count) => {
    const house = await shown({ place: { lat: testPlace.lat + meters / 111_195, lon: testPlace.lon } });
    expect(house.book.shown).toHaveLength(count);
  });
});

test.each([
  ["ends as the window begins", -4, 0],
  ["reaches a millisecond into it", -4, 1],
  ["begins as the window ends", -3, 0],
])("a recording that %s", async (_what, hours, count) => {
  const house = await openHouse();
  const edge = nowMs + hours * 3_600_000;
  house.recorded = [
    hours === -4 ? { from: edge - 9_000, to: edge + count } : { from: edge, to: edge + 9_000 },
  ];
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  log.append(envelope);
  await house.read(log);
  expect(house.book.shown).toHaveLength(count);
});

test("of many that were refused the newest are remembered, and every one that was granted", async () => {
  const house = await openHouse({ mostShownPerDay: 100 });
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  for (let round = 0; round < 5; round += 1) {
    for (let i = 0; i < 40; i += 1)
      log.append(requestEnvelope(agency, testRequest(agency, { nowMs, number: round * 40 + i })));
    await house.read(log);
    for (const { hash: each, logIndex } of house.book.shown.filter(({ state }) => state === "shown"))
      await (logIndex === 1 ? house.book.granted(each) : house.book.refuse(each, "Ada"));
    await house.clock.advance(day);
  }
  await house.book.settle();
  const { shown: remembered } = house.book;
  expect(remembered.length).toBeLessThanOrEqual(128 + 40 + 1);
  expect([remembered[0]?.logIndex, remembered.at(-1)]).toMatchObject([
    200,
    { logIndex: 1, state: "granted" },
  ]);
});
