import { expect, test } from "vitest";
import {
  profileEnvelope,
  requestEnvelope,
  testAgency,
  testRequest,
} from "../../../../scripts/rigs/agency.ts";
import { flood, floodKinds } from "../../../../scripts/rigs/flood.ts";
import { TestLog } from "../../../../scripts/rigs/public-log.ts";
import { nowMs, openHouse } from "./house.ts";

const agency = testAgency();
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

test(
  "of a hundred thousand bad requests none is shown, and each is counted by its reason",
  { timeout: 120_000 },
  async () => {
    const count = 100_002;
    const log = new TestLog();
    log.append(profileEnvelope(agency));
    for (const entry of flood(agency, { nowMs, count })) log.append(entry);
    const house = await openHouse();
    await house.read(log);
    const { size, counts, state } = house.desk.status;
    expect({ size, state }).toEqual({ size: count + 1, state: "current" });
    // one of the replayed ones is the first, and right: it is shown
    expect(house.book.shown).toHaveLength(1);
    expect(sum(counts)).toBe(count - 1);
    const each = count / floodKinds.length;
    expect(counts).toMatchObject({
      "bad-signature": 64,
      // the forged ones, and the one that is the second of its case and bears another's signature
      flood: each + 1 - 64,
      replayed: each - 1,
      "unknown-agency": each,
    });
    // the first request and the first of the rest use up the case
    expect(counts["too-many-per-case"]).toBe(each - 1);
    const tooMuch = [
      "radius-too-large",
      "radius-too-small",
      "window-not-over",
      "window-too-short",
      "window-too-long",
    ];
    const others = ["window-too-old", "lifetime-too-long", "keep-too-long"];
    expect(sum(Object.fromEntries([...tooMuch, ...others].map((code) => [code, counts[code] ?? 0])))).toBe(
      each,
    );
    expect((counts["bad-shape"] ?? 0) + (counts["incident-not-listed"] ?? 0) + (counts["no-case"] ?? 0)).toBe(
      each,
    );
  },
);

test("a flood that is signed and right is told a few a day, and the rest as a number", async () => {
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  for (let number = 1; number <= 80; number += 1)
    log.append(requestEnvelope(agency, testRequest(agency, { nowMs, number })));
  const house = await openHouse();
  await house.read(log);
  const day = 86_400_000;
  expect(house.book.shown.map(({ logIndex }) => logIndex)).toEqual([3, 2, 1]);
  expect(house.book.digest).toEqual({ waiting: 47, nextWallMs: nowMs + day });
  expect(house.desk.status.counts).toEqual({ flood: 30 });
  await house.clock.advance(day - 1);
  await house.book.settle();
  expect(house.book.undecided).toBe(3);
  await house.clock.advance(1);
  await house.book.settle();
  expect(house.book.undecided).toBe(6);
  expect(house.told.filter(({ what }) => what === "request-shown")).toHaveLength(6);
});

test("a clock that jumps makes no new day", async () => {
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  for (let number = 1; number <= 9; number += 1)
    log.append(requestEnvelope(agency, testRequest(agency, { nowMs, number })));
  const house = await openHouse();
  await house.read(log);
  house.clockTrusted = false;
  house.clock.stepWall(-3_600_000);
  await house.book.settle();
  expect(house.book.undecided).toBe(3);
});
