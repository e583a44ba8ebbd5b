/**
 * Agencies: the registrar vouches for an agency by signing its profile and putting it into the log.
 *
 * A profile is replaced by a higher version and never taken back; a key that was revoked stays revoked in every
 * later version. How the registrar made sure who asks is theirs to say (`verifiedBy`); owners read it.
 */
import { agencySchema, type Agency } from "../../daemon/consent/agency.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { Fault } from "../../hal/fault.ts";
import type { Registrar } from "../keys/keys.ts";
import { encodeEntry } from "../log/entry.ts";
import { maxEntryBytes } from "../log/public-log.ts";
import type { LoggedAt } from "../log/records.ts";
import type { Office } from "./requests.ts";

export interface RegistrarsOffice extends Office {
  readonly registrar: Registrar;
}

/** Version and time are the portal's; the rest is as it was given. */
export type ProfileDraft = Omit<Agency, "version" | "issuedAt">;

/** Makes the next profile of `id` out of the newest one; null = there is none yet. */
export async function putAgency(
  { records, registry, registrar, clock }: RegistrarsOffice,
  id: string,
  make: (newest: Agency | null, nowMs: number) => ProfileDraft,
): Promise<LoggedAt & { readonly profile: Agency }> {
  let made: Agency | undefined;
  const [logged] = await records.append(async () => {
    const newest = (await registry.agency(id))?.profile ?? null;
    const nowMs = Math.round(clock.wallMs());
    const draft = { ...make(newest, nowMs), version: (newest?.version ?? 0) + 1, issuedAt: nowMs };
    const parsed = agencySchema.safeParse(draft);
    if (!parsed.success)
      throw new Fault("invalid", `the profile is not valid: ${problemsOf(parsed.error.issues)}`, {
        hint: "docs/portal.md shows a profile",
      });
    if (parsed.data.id !== id)
      throw new Fault("invalid", `the profile is of ${parsed.data.id}, not of ${id}`);
    mustStayRevoked(newest, parsed.data);
    const envelope = registrar.sign(payloadTypes.agency, parsed.data);
    if (encodeEntry(envelope).length > maxEntryBytes)
      throw new Fault("invalid", "the profile is longer than an entry of the log may be", {
        hint: "draw the territory with fewer corners",
      });
    made = parsed.data;
    return [envelope];
  });
  if (logged === undefined || made === undefined) throw new Fault("bug", "the log did not take the profile");
  return { ...logged, profile: made };
}

function mustStayRevoked(before: Agency | null, after: Agency): void {
  for (const old of before?.keys ?? []) {
    const now = after.keys.find(({ signKey }) => signKey === old.signKey);
    if (old.revokedAt !== null && now !== undefined && now.revokedAt !== old.revokedAt)
      throw new Fault("denied", "a key that was revoked stays revoked", { hint: "add a new key instead" });
  }
}

function problemsOf(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues.map(({ path, message }) => `${path.join(".") || "profile"}: ${message}`).join("; ");
}

export function withKey(newest: Agency | null, id: string, signKey: string, nowMs: number): ProfileDraft {
  const profile = known(newest, id);
  if (profile.keys.some((key) => key.signKey === signKey))
    throw new Fault("invalid", "the agency has this key already");
  return { ...profile, keys: [...profile.keys, { signKey, from: nowMs, revokedAt: null }] };
}

/** One key, or "all" of them. */
export function withoutKeys(newest: Agency | null, id: string, which: string, nowMs: number): ProfileDraft {
  const profile = known(newest, id);
  const isMeant = (signKey: string): boolean => which === "all" || signKey === which;
  if (!profile.keys.some(({ signKey, revokedAt }) => isMeant(signKey) && revokedAt === null))
    throw new Fault("not-found", "the agency has no such key, or it was revoked already");
  return {
    ...profile,
    keys: profile.keys.map((key) =>
      isMeant(key.signKey) && key.revokedAt === null ? { ...key, revokedAt: nowMs } : key,
    ),
  };
}

function known(newest: Agency | null, id: string): ProfileDraft {
  if (newest === null)
    throw new Fault("not-found", `no agency ${id}`, { hint: "npm run portal -- agency list" });
  const { version: _version, issuedAt: _issuedAt, ...draft } = newest;
  return draft;
}
