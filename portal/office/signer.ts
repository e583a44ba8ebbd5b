/**
 * Signer: may this key speak for this agency now? By its newest logged profile, whatever it said before.
 */
import type { Agency } from "../../daemon/consent/agency.ts";
import { limits } from "../../daemon/consent/limits.ts";

export function speaksFor(profile: Agency, signKey: string, nowMs: number): boolean {
  return profile.keys.some(
    (key) => key.signKey === signKey && key.revokedAt === null && key.from <= nowMs + limits.clockSlackMs,
  );
}
