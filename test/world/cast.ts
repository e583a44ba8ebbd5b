/**
 * Cast: who lives in the world, with keys from numbers. Made once; schedules change copies.
 *
 * Two doorbells near the agency's circle and one 500 km away, each with the owners Ada and Bo. Cem can be let in.
 * Eve is nobody. The agency has asked twice; its second profile has new keys, because the old ones were stolen.
 */
import { emptyHousehold, joined, type Household } from "../../daemon/household/household.ts";
import type { Person } from "../../daemon/household/record.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import type { Keys } from "../../daemon/identity/keys.ts";
import type { CourierToKeeper } from "../../daemon/wire/messages.ts";
import { settingsSchema } from "../../config/schema.ts";
import { simEpochWallMs } from "../../hal/sim/clock.ts";
import {
  hashOf,
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  signed,
  testAgency,
  testPlace,
  testPortalUrl,
  testRequest,
} from "../../scripts/rigs/agency.ts";
import { testKeys } from "../../scripts/rigs/paired.ts";
import { TestLog } from "../../scripts/rigs/public-log.ts";

export const startMs = simEpochWallMs;

export const people = { ada: testKeys(1), bo: testKeys(2), cem: testKeys(3), eve: testKeys(9) };
export type Name = keyof typeof people;

export const agency = testAgency();
export const renewed = testAgency(82, { version: 2 });
/** Whose signatures make no grant, whatever else they may sign. */
export const others: readonly Keys[] = [agency.keys, registrarKeys, testKeys(90)];

export const deviceKeys = [testKeys(71), testKeys(72), testKeys(73)] as const;
export const places = [testPlace, testPlace, { lat: testPlace.lat - 4.5, lon: testPlace.lon }] as const;

export const requests = [1, 2].map((number) => {
  const request = testRequest(agency, { nowMs: startMs, number });
  const envelope = requestEnvelope(agency, request);
  return { request, envelope, hash: hashOf(envelope) };
});

/** What the honest portal has published when the world begins. */
export const firstLog = new TestLog();
for (const entry of [profileEnvelope(agency), ...requests.map(({ envelope }) => envelope)])
  firstLog.append(entry);

function withEntries(log: TestLog, entries: readonly unknown[]): TestLog {
  for (const entry of entries) log.append(entry);
  return log;
}

/** The honest one, later: the agency has new keys. */
export const laterLog = withEntries(firstLog.fork(), [profileEnvelope(renewed)]);
/** By the same key: another history, and one that is shorter. */
export const lies: readonly TestLog[] = [
  withEntries(firstLog.fork(1), [{ ...requests[0]?.envelope, payloadType: "x" }, { forged: 1 }]),
  firstLog.fork(1),
];

const rounds = new Map<TestLog, Map<number, readonly CourierToKeeper[]>>();

/** What the courier says of one round; signed once. */
export function roundOf(log: TestLog, from: number): readonly CourierToKeeper[] {
  const known = rounds.get(log) ?? new Map<number, readonly CourierToKeeper[]>();
  rounds.set(log, known);
  const begin = Math.min(from, log.size);
  const round = known.get(begin) ?? [...log.round(begin)];
  known.set(begin, round);
  return round;
}

export const settings = settingsSchema.parse({
  portal: { url: testPortalUrl, logKey: firstLog.logKey, registrarKey: registrarKeys.signKey },
  consent: { coolingOffS: 30, mostShownPerDay: 3 },
  archive: { to: "https://nas.test/files" },
});

function personOf(name: Name): Person {
  const { signKey, sealTo } = people[name];
  return { id: `person-${name}`, name, role: "owner", signKey, sealTo };
}

/** `by` null = the first one, who lets themselves in. */
export function enrolled(household: Household, name: Name, by: Name | null): Household {
  const { device, count: seq, head: prev } = household;
  const record = { type: "enrol", device, seq, prev, issuedAt: 1, person: personOf(name) };
  return joined(household, signed(people[by ?? name], payloadTypes.household, record));
}

export function removed(household: Household, name: Name, by: Name): Household {
  const { device, count: seq, head: prev } = household;
  const record = { type: "remove", device, seq, prev, issuedAt: 1, person: `person-${name}` };
  return joined(household, signed(people[by], payloadTypes.household, record));
}

export function ownerNames(household: Household): Name[] {
  return household.people.map(({ name }) => name as Name);
}

/** Ada and Bo, of each doorbell. */
export const firstHouseholds = deviceKeys.map(({ signKey }) =>
  enrolled(enrolled(emptyHousehold(signKey), "ada", null), "bo", "ada"),
);
