/**
 * Sign-in: is this the signature of somebody who belongs here, over a nonce of ours, for this doorbell?
 *
 * Throws Fault `denied`: nobody's key, another doorbell, a nonce that was used, has expired or never
 * was ours; `invalid`: not a login at all.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Person } from "../../household/record.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { loginSchema } from "../../identity/login.ts";
import { verifyEnvelope } from "../../identity/verify.ts";
import type { Challenges } from "./challenges.ts";
import type { HouseholdBook } from "./household-book.ts";

export interface SignedIn {
  readonly person: Person;
  readonly label: string;
}

export function checkLogin(
  envelope: unknown,
  { household, challenges }: { household: HouseholdBook; challenges: Challenges },
): SignedIn {
  const { value, signKey } = verifyEnvelope(envelope, {
    type: payloadTypes.login,
    schema: loginSchema,
    trusts: (key) => household.personWith(key) !== null,
    what: "login",
  });
  if (value.device !== household.current.device)
    throw new Fault("denied", "this login was signed for another doorbell");
  if (!challenges.use(value.nonce))
    throw new Fault("denied", "this challenge was used already or is older than a minute", {
      hint: "ask for a new one and sign that",
    });
  const person = household.personWith(signKey);
  if (person === null) throw new Fault("denied", "this key belongs to nobody here");
  return { person, label: value.label };
}
