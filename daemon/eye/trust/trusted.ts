/**
 * Trusted: is this household the one that the eye has come to trust? Pure.
 *
 * Replays the records from the first one on and compares them with the pin. Throws Fault `denied` for
 * another beginning, fewer records than were seen, or another record under a number that was
 * seen; what `joined` throws for a record that does not belong to the chain.
 */
import { Fault } from "../../../hal/fault.ts";
import { emptyHousehold, joined, type Household } from "../../household/household.ts";
import type { Person } from "../../household/record.ts";
import type { Pin } from "./pin.ts";

export interface TrustedHousehold {
  readonly household: Household;
  /** Everybody who is an owner or ever was one: see judge-policy.ts. */
  readonly everOwners: readonly Person[];
}

export function trustedHousehold(
  records: readonly unknown[],
  device: string,
  pin: Pin | null,
): TrustedHousehold {
  let household = emptyHousehold(device);
  const everOwners = new Map<string, Person>();
  let headAtPin: string | null = null;
  for (const record of records) {
    household = joined(household, record);
    for (const person of household.people)
      if (person.role === "owner") everOwners.set(person.signKey, person);
    if (household.count === pin?.count) headAtPin = household.head;
  }
  if (pin !== null) compare(household, headAtPin, pin);
  return { household, everOwners: [...everOwners.values()] };
}

const hint = "put the household's files back from a backup; a new household needs a new data folder";

function compare({ genesis, count }: Household, headAtPin: string | null, pin: Pin): void {
  if (genesis !== null && genesis !== pin.genesis)
    throw new Fault("denied", "this household begins with another owner than the one this camera trusts", {
      hint,
    });
  if (count < pin.count)
    throw new Fault("denied", `the household has ${count} records; ${pin.count} have been seen`, { hint });
  if (headAtPin !== pin.head)
    throw new Fault("denied", `household record ${pin.count - 1} is another one than was seen before`, {
      hint,
    });
}

export function pinOf({ genesis, count, head }: Household): Pin | null {
  return genesis === null || head === null ? null : { genesis, count, head };
}
