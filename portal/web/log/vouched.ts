/**
 * Vouched: does the key that signed an entry belong to the agency, by the registrar's signature? Pure.
 *
 * The portal says which profile is the newest; that it is signed by the registrar and lists the key is computed here.
 * Whether the key was revoked by then is the doorbell's question, which knows the order of the log.
 */
import { agencySchema } from "../../../daemon/consent/agency.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { verifyInBrowser } from "../../../daemon/identity/verify-in-browser.ts";
import { Fault } from "../../../hal/fault.ts";

interface Question {
  readonly signKey: string;
  /** Of the agency's profile, as the portal gives it. */
  readonly profile: unknown;
  readonly registrarKey: string;
}

/** The agency's name. Throws Fault `denied` (not vouched for) or `invalid` (no profile). */
export function vouchedName({ signKey, profile, registrarKey }: Question): string {
  const { value } = verifyInBrowser(profile, {
    type: payloadTypes.agency,
    schema: agencySchema,
    trusts: (key) => key === registrarKey,
    what: "agency's profile",
  });
  if (!value.keys.some((key) => key.signKey === signKey))
    throw new Fault("denied", "the key that signed this is not in the agency's profile");
  return value.name;
}
