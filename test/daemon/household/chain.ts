/** Households for tests: people by number, records signed by whom a test says. */
import type { HouseholdRecord } from "../../../daemon/household/record.ts";
import type { Role } from "../../../daemon/household/roles.ts";
import { emptyHousehold, joined, type Household } from "../../../daemon/household/household.ts";
import { payloadTypes, type Envelope } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import { human } from "../../../scripts/rigs/person.ts";

export const device = testKeys(200).signKey;

type Change =
  | { readonly enrol: number; readonly role?: Role; readonly by: number }
  | { readonly remove: number; readonly by: number };

/** The record that follows `household`. */
export function recordFor({ count, head }: Household, change: Change): HouseholdRecord {
  const link = { device, seq: count, prev: head, issuedAt: 1 };
  return "enrol" in change
    ? { type: "enrol", ...link, person: human(change.enrol, change.role).person }
    : { type: "remove", ...link, person: human(change.remove).person.id };
}

export function signed(record: unknown, by: number): Envelope {
  return signEnvelope(testKeys(by), payloadTypes.household, record);
}

export interface Chain {
  readonly household: Household;
  readonly envelopes: readonly Envelope[];
}

/** Throws where a change is refused. */
export function chainOf(changes: readonly Change[]): Chain {
  let household = emptyHousehold(device);
  const envelopes: Envelope[] = [];
  for (const change of changes) {
    const envelope = signed(recordFor(household, change), change.by);
    household = joined(household, envelope);
    envelopes.push(envelope);
  }
  return { household, envelopes };
}
