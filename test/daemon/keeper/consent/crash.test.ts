/**
 * The power goes at every change of the disk, one after the other: what was verified and what was learned move together.
 */
import { expect, test } from "vitest";
import { FeedStore } from "../../../../daemon/keeper/consent/feed/feed-store.ts";
import { rootOf } from "../../../../daemon/ledger/range.ts";
import {
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  testAgency,
  testRequest,
} from "../../../../scripts/rigs/agency.ts";
import { TestLog } from "../../../../scripts/rigs/public-log.ts";
import { SimDisk } from "../../../world/disk.ts";
import { nowMs, openHouse } from "./house.ts";

const agency = testAgency();
const ask = (number: number) =>
  requestEnvelope(agency, testRequest(agency, { nowMs, number, case: "one case" }));

/** Two rounds: a profile and a request, then another profile and a second request of the case. */
async function twoRounds(files: SimDisk): Promise<void> {
  const house = await openHouse({ files });
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  log.append(ask(1));
  await house.read(log);
  log.append(profileEnvelope({ profile: { ...agency.profile, version: 2 } }));
  log.append(ask(2));
  await house.read(log);
}

async function wholeLog(): Promise<TestLog> {
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  log.append(ask(1));
  log.append(profileEnvelope({ profile: { ...agency.profile, version: 2 } }));
  log.append(ask(2));
  return log;
}

test("at whichever change the power goes, the next start knows as much as it has verified", async () => {
  const calm = new SimDisk();
  await twoRounds(calm);
  const changes = calm.done.length;
  expect(changes).toBeGreaterThan(8);
  for (let at = 0; at < changes; at += 1)
    for (const frac of [0, 0.4, 1]) {
      const disk = new SimDisk();
      let left = at;
      disk.plugIn(() => (left-- === 0 ? frac : null));
      await twoRounds(disk).catch(() => {}); // the process is dead, and its promises with it
      const files = disk.survivor();
      const store = await FeedStore.open(files, {
        logKey: new TestLog().logKey,
        registrarKey: registrarKeys.signKey,
      });
      expect(store.fault).toBeNull();
      const { range, agencies, requests } = store.kept;
      // nothing, the first round, or both: never a part of one
      expect([0, 2, 4]).toContain(range.size);
      expect(agencies.get(agency.profile.id)?.profile.version ?? 0).toBe(range.size / 2);
      expect(store.seen.size).toBe(range.size);
      expect(requests.length).toBeLessThanOrEqual(range.size / 2);

      const house = await openHouse({ files });
      const log = await wholeLog();
      await house.read(log);
      log.append(ask(3));
      await house.read(log);
      expect(house.desk.status).toMatchObject({
        state: "current",
        size: 5,
        counts: { "too-many-per-case": 1 },
      });
      expect(house.book.undecided).toBe(2);
      expect(rootOf(house.store.kept.range)).toEqual(rootOf((await reader(log)).store.kept.range));
      expect((await files.list("")).filter((name) => name.startsWith("agencies-"))).toHaveLength(1);

      const later = await openHouse({ files });
      log.append(ask(1));
      log.append(ask(2));
      await later.read(log);
      expect(later.desk.status.counts).toEqual({ "too-many-per-case": 1, replayed: 2 });
    }
});

async function reader(log: TestLog) {
  const house = await openHouse();
  await house.read(log);
  return house;
}

test("when the disk is full nothing counts, and the round is read again when there is room", async () => {
  const files = new SimDisk();
  const house = await openHouse({ files });
  files.full = true;
  const log = await wholeLog();
  await house.read(log);
  expect(house.desk.status).toMatchObject({ state: "failing", size: 0, fault: { kind: "exhausted" } });
  files.full = false;
  await house.read(log);
  expect(house.desk.status).toMatchObject({ state: "current", size: 4 });
  expect(house.book.undecided).toBe(2);
});

test("when the ledger cannot be written nothing is shown", async () => {
  let isFull = true;
  const house = await openHouse({
    tell: () => (isFull ? Promise.reject(new Error("full")) : Promise.resolve()),
  });
  const log = await wholeLog();
  await house.read(log);
  expect(house.book.shown).toEqual([]);
  isFull = false;
  await house.read(log);
  expect(house.book.undecided).toBe(2);
});

test("with the keys of another portal everything begins anew", async () => {
  const files = new SimDisk();
  const house = await openHouse({ files });
  await house.read(await wholeLog());
  const other = await openHouse({ files, logKey: "another.test+00000000+AAAA" });
  expect(other.desk.status.size).toBe(0);
  // and back, before anything was learned from the other one
  expect((await openHouse({ files })).desk.status.size).toBe(4);
});
