/**
 * Request: who asks for the unmasked picture, and may they?
 *
 * A present owner of the trusted household, for this doorbell, with the nonce that the eye gave out
 * last. Returns whom the picture is sealed to: that owner and nobody else. Throws Fault `denied` or
 * `invalid`; the nonce is used up only by a request that is right in everything.
 */
import { Fault } from "../../../hal/fault.ts";
import { ownerWith, type Household } from "../../household/household.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { verifyEnvelope } from "../../identity/verify.ts";
import { setupStillSchema } from "../../policy/setup-still.ts";
import { parseRecipient, type Recipient } from "../../seal/age/keys.ts";
import type { StillNonce } from "./nonce.ts";

export function admitRequest(envelope: unknown, household: Household, nonce: StillNonce): Recipient {
  const { value, signKey } = verifyEnvelope(envelope, {
    type: payloadTypes.setupStill,
    schema: setupStillSchema,
    trusts: (key) => ownerWith(household, key) !== null,
    what: "request for a setup picture",
  });
  const sealTo = ownerWith(household, signKey)?.sealTo ?? null;
  if (sealTo === null) throw new Fault("bug", "an owner without a seal key");
  if (value.device !== household.device)
    throw new Fault("denied", "this request for a setup picture was signed for another doorbell");
  if (!nonce.use(value.nonce))
    throw new Fault("denied", "this request for a setup picture was used already, or is too old", {
      hint: "ask for the picture again",
    });
  return parseRecipient(sealTo);
}
