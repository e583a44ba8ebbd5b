/**
 * Agencies: who may ask, as the log's profiles say, each in its newest version.
 *
 * Immutable: a round makes new ones and the old ones stay until its checkpoint agrees. A profile replaces the one
 * before only with a higher version, so that an old one that is logged again gives no revoked key back.
 */
import { z } from "zod";
import { agencySchema, type Agency } from "../../../consent/agency.ts";

/** More than a country has; past it new ones are not taken in. */
export const mostAgencies = 2_000;
/** A key that came later than the agency itself is told for so long. */
const newKeyMs = 30 * 86_400_000;

export const knownAgencySchema = z.strictObject({
  profile: agencySchema,
  /** Version that this doorbell saw first. */
  firstVersion: z.int(),
  /** Signing keys, each with the version that first listed it. */
  keys: z.array(z.tuple([z.string(), z.int()])),
});
export type KnownAgency = z.output<typeof knownAgencySchema>;
export type Agencies = ReadonlyMap<string, KnownAgency>;

/** With this profile, whose signature was checked and whose version is higher. */
export function withProfile(agencies: Agencies, profile: Agency): Agencies {
  const before = agencies.get(profile.id);
  const sinceOf = (signKey: string): number =>
    before?.keys.find(([key]) => key === signKey)?.[1] ?? profile.version;
  const known: KnownAgency = {
    profile,
    firstVersion: before?.firstVersion ?? profile.version,
    keys: profile.keys.map(({ signKey }) => [signKey, sinceOf(signKey)]),
  };
  return new Map(agencies).set(profile.id, known);
}

/** Keys that may sign now. */
export function goodKeys(agency: KnownAgency | undefined): string[] {
  return (agency?.profile.keys ?? []).flatMap(({ signKey, revokedAt }) =>
    revokedAt === null ? [signKey] : [],
  );
}

/** Since when it signs for the agency, and whether it replaced another one not long before `atMs`. */
export function ageOfKey(
  { profile, firstVersion, keys }: KnownAgency,
  signKey: string,
  atMs: number,
): { keySinceMs: number; keyChanged: boolean } {
  const keySinceMs = profile.keys.find((key) => key.signKey === signKey)?.from ?? 0;
  const since = keys.find(([key]) => key === signKey)?.[1] ?? firstVersion;
  return { keySinceMs, keyChanged: since > firstVersion && atMs - keySinceMs < newKeyMs };
}
