/**
 * What the keeper says to the courier, whatever an owner decides: the half of I4 and I5 that lies inside the house
 * (the other half, what the courier says to the world, is in test/invariants).
 */
import { expect, test } from "vitest";
import {
  hashOf,
  moderationEnvelope,
  profileEnvelope,
  requestEnvelope,
  testAgency,
  testPlace,
  testRequest,
  withdrawalEnvelope,
} from "../../../../scripts/rigs/agency.ts";
import type { Envelope } from "../../../../daemon/identity/envelope.ts";
import { TestLog } from "../../../../scripts/rigs/public-log.ts";
import { nowMs, openHouse, type HouseOptions, type TestHouse } from "./house.ts";

const agency = testAgency();
const day = 86_400_000;
const ask = (number: number) => requestEnvelope(agency, testRequest(agency, { nowMs, number }));
const hash = hashOf(ask(1));

type Life = readonly [HouseOptions, (house: TestHouse) => Promise<unknown> | void];

const lives: Readonly<Record<string, Life>> = {
  ignored: [{}, () => {}],
  refused: [{}, ({ book }) => book.refuse(hash, "Ada")],
  muted: [{}, ({ book }) => book.mute("all", { muted: true, who: "Ada" })],
  "run out": [{}, ({ clock }) => clock.advance(8 * day)],
  granted: [{}, ({ book }) => book.granted(hash)],
  "moved away": [{}, ({ book }) => book.putPlace(null, "Ada")],
  "not matched": [{ place: { lat: testPlace.lat + 0.1, lon: testPlace.lon } }, () => {}],
  "500 km away": [{ place: { lat: testPlace.lat + 4.5, lon: testPlace.lon } }, () => {}],
  nowhere: [{ place: null }, () => {}],
  "nothing recorded": [{ recorded: [] }, () => {}],
};

async function live([options, decide]: Life): Promise<string> {
  const house = await openHouse(options);
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  log.append(ask(1));
  house.desk.greet();
  await house.read(log);
  await decide(house);
  log.append(ask(2));
  await house.read(log);
  await house.read(log);
  house.desk.greet();
  return JSON.stringify(house.sent);
}

test("is the same to the byte", async () => {
  const [said, ...others] = await Promise.all(Object.values(lives).map(live));
  expect(said).toBe(JSON.stringify([0, 2, 3, 3, 3].map((size) => ({ type: "feed-from", size }))));
  expect(new Set(others)).toEqual(new Set([said]));
});

const withoutSignature = ({ signatures: [signature], ...rest }: Envelope) => ({
  ...rest,
  signatures: [{ keyid: signature?.keyid, sig: "A".repeat(86) }],
});

const forgeries: Readonly<Record<string, (number: number) => unknown>> = {
  "words about it": (number) =>
    withoutSignature(moderationEnvelope({ about: hash, kind: "note", text: `${number}`, issuedAt: nowMs })),
  withdrawals: (number) => withoutSignature(withdrawalEnvelope(agency, hash, nowMs + number)),
  "more requests": (number) => withoutSignature(ask(2 + number)),
  profiles: (version) =>
    withoutSignature(profileEnvelope({ profile: { ...agency.profile, version: 2 + version } })),
};

test.each(Object.entries(forgeries))(
  "a portal that forges %s does not learn whose house a request concerns",
  async (_what, forge) => {
    const log = new TestLog();
    log.append(profileEnvelope(agency));
    log.append(ask(1));
    for (let number = 0; number < 2_100; number += 1) log.append(forge(number));
    const said = async (options: HouseOptions): Promise<unknown> => {
      const house = await openHouse(options);
      await house.read(log);
      return house.sent;
    };
    expect(await said({})).toEqual(await said({ place: null }));
  },
);
