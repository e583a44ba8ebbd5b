/**
 * Household: who belongs to this doorbell, as the signed records say. Pure.
 *
 * `joined` takes one more record or throws: Fault `denied` (signed by somebody who is no owner now,
 * or who was removed), `invalid` (wrong number, wrong predecessor, wrong doorbell, a key or id that
 * is in use, the last owner). Eye and keeper each replay the records themselves.
 */
import { payloadTypes } from "../identity/envelope.ts";
import { verifyEnvelope } from "../identity/verify.ts";
import { Fault } from "../../hal/fault.ts";
import { householdRecordSchema, type HouseholdRecord, type Person } from "./record.ts";
import { isViewer } from "./roles.ts";

export const maxPeople = 64;
/** A hundred changes a year for thirty years; the eye reads no more, and the keeper takes no more. */
export const maxRecords = 3_000;

export interface Household {
  readonly device: string;
  readonly people: readonly Person[];
  /** Records so far; 0 = nobody is paired. */
  readonly count: number;
  /** Hash of the first record: what a doorbell's trust begins with. */
  readonly genesis: string | null;
  /** Hash of the newest record. */
  readonly head: string | null;
}

export function emptyHousehold(device: string): Household {
  return { device, people: [], count: 0, genesis: null, head: null };
}

export function replayHousehold(envelopes: readonly unknown[], device: string): Household {
  return envelopes.reduce<Household>(
    (household, envelope) => joined(household, envelope),
    emptyHousehold(device),
  );
}

export function joined(household: Household, envelope: unknown): Household {
  const { value, signKey, sha256 } = verifyEnvelope(envelope, {
    type: payloadTypes.household,
    schema: householdRecordSchema,
    trusts: (key) => household.count === 0 || ownerWith(household, key) !== null,
    what: "household record",
  });
  checkPlace(household, value);
  const people =
    value.type === "enrol" ? enrol(household, value.person, signKey) : remove(household, value.person);
  return {
    device: household.device,
    people,
    count: household.count + 1,
    genesis: household.genesis ?? sha256,
    head: sha256,
  };
}

export function ownerWith({ people }: Household, signKey: string): Person | null {
  return people.find((person) => person.role === "owner" && person.signKey === signKey) ?? null;
}

/** Seal keys of everybody who may watch. */
export function viewersOf({ people }: Household): string[] {
  return people.flatMap(({ role, sealTo }) => (isViewer(role) && sealTo !== null ? [sealTo] : []));
}

/** Ids of those who may see what was recorded. */
export function viewerIdsOf({ people }: Household): string[] {
  return people.filter(({ role }) => isViewer(role)).map(({ id }) => id);
}

function checkPlace({ device, count, head }: Household, record: HouseholdRecord): void {
  if (record.device !== device) throw new Fault("invalid", "this record was made for another doorbell");
  if (record.seq !== count || record.prev !== head) {
    throw new Fault("invalid", `household record ${record.seq} does not follow number ${count - 1}`, {
      hint: "load the page again; somebody else changed the household meanwhile",
    });
  }
  if (count >= maxRecords)
    throw new Fault("exhausted", `the household has changed ${maxRecords} times and cannot change again`, {
      hint: "a new data folder begins a new household",
    });
}

function enrol({ people, count }: Household, person: Person, signKey: string): Person[] {
  if (count === 0 && (person.role !== "owner" || person.signKey !== signKey))
    throw new Fault("invalid", "the first person is an owner who signs with their own key");
  if (people.length >= maxPeople) throw new Fault("exhausted", `at most ${maxPeople} people can be enrolled`);
  const taken = people.find(
    ({ id, signKey: key, sealTo }) =>
      id === person.id || key === person.signKey || (sealTo !== null && sealTo === person.sealTo),
  );
  if (taken !== undefined) throw new Fault("invalid", `${taken.name} is enrolled already`);
  return [...people, person];
}

function remove({ people }: Household, id: string): Person[] {
  const rest = people.filter((person) => person.id !== id);
  if (rest.length === people.length) throw new Fault("invalid", "nobody with this id is enrolled");
  if (!rest.some(({ role }) => role === "owner"))
    throw new Fault("invalid", "the last owner cannot be removed", { hint: "enrol another owner first" });
  return rest;
}
