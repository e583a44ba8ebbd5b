/**
 * SignAfter: what an owner signs about a grant that exists: its revocation, and the request to delete.
 */
import type { DeletionNotice, Revocation } from "../../daemon/consent/after.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import type { GrantCard } from "../../daemon/wire/api-consent.ts";
import type { Me } from "../identity/me.ts";
import { askToDelete, revokeGrant } from "../share/api.ts";
import { cleanNote } from "../share/terms.ts";

interface Signing {
  readonly me: Me;
  readonly nowMs: number;
}

/** Cancels what has not begun; stops what has; takes a share back. */
export async function signRevocation({ id }: Pick<GrantCard, "id">, { me, nowMs }: Signing): Promise<void> {
  const { device, person } = me;
  const revocation: Revocation = {
    grant: id,
    device,
    ownerKey: person.signKey,
    issuedAt: Math.round(nowMs),
  };
  await revokeGrant(id, await me.sign(payloadTypes.revocation, revocation));
}

/** The recipient is asked; what they answer comes later. */
export async function signDeletionNotice(
  { id, manifest }: Pick<GrantCard, "id" | "manifest">,
  reason: string,
  { me, nowMs }: Signing,
): Promise<void> {
  const notice: DeletionNotice = {
    grant: id,
    manifest,
    reason: cleanNote(reason).slice(0, 500),
    ownerKey: me.person.signKey,
    issuedAt: Math.round(nowMs),
  };
  await askToDelete(id, await me.sign(payloadTypes.deletionNotice, notice));
}
