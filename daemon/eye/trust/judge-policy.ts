/**
 * Judge policy: may this envelope's policy be in force? Pure.
 *
 * Signed by an owner of the trusted household for this doorbell, not older than the newest one that
 * was in force, and not another text under its version. A policy whose signer is no longer an owner
 * stands only while it is the very one that was in force (same hash): removing somebody must neither
 * blind the house nor bring back what they once signed. Throws Fault `denied` or `invalid`.
 */
import { Fault } from "../../../hal/fault.ts";
import { ownerWith } from "../../household/household.ts";
import type { Verified } from "../../identity/verify.ts";
import { openPolicy, type Policy } from "../../policy/policy.ts";
import type { SeenPolicy } from "./policy-seen.ts";
import type { TrustedHousehold } from "./trusted.ts";

export function judgePolicy(
  envelope: unknown,
  { household, everOwners }: TrustedHousehold,
  seen: SeenPolicy | null,
): Verified<Policy> {
  const verified = openPolicy(envelope, { ...household, people: everOwners });
  if (ownerWith(household, verified.signKey) === null && verified.sha256 !== seen?.sha256)
    throw new Fault("denied", "the privacy policy is signed by somebody who is no longer an owner", {
      hint: "an owner has to sign the property line again",
    });
  if (seen !== null) refuseOlder(verified, seen);
  return verified;
}

function refuseOlder({ value, sha256 }: Verified<Policy>, { version, sha256: seen }: SeenPolicy): void {
  const hint = `sign the property line again, with a version above ${version}`;
  if (value.version < version)
    throw new Fault(
      "denied",
      `privacy policy ${value.version} is older than ${version}, which was in force`,
      { hint },
    );
  if (value.version === version && sha256 !== seen)
    throw new Fault("denied", `privacy policy ${version} has changed but not its version`, { hint });
}
