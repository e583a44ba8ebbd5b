/**
 * SendGrant: signs what was chosen and hands it to the doorbell; a link's key is remembered until the page
 * is closed, so that its owner can copy it.
 */
import type { Me } from "../identity/me.ts";
import { linkOf } from "./age-key.ts";
import { getGrant, postGrant } from "./api.ts";
import type { GrantOrder } from "../../daemon/wire/api-consent.ts";
import { compose } from "./compose.ts";
import { rememberLink } from "./links.ts";
import type { Part } from "./parts.ts";
import type { Prepared } from "./prepare.ts";
import type { To } from "./recipient.ts";
import { cleanNote, endOf, type Terms } from "./terms.ts";

export interface Chosen {
  /** The same for as long as this is tried: it is granted once. */
  readonly id: string;
  readonly to: To;
  readonly parts: readonly Part[];
  readonly prepared: Prepared;
  readonly terms: Terms;
}

/** 128 bits: nobody finds a share by guessing. */
export function newGrantId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Throws what the doorbell says: `denied`, `invalid`, `not-found` (deleted meanwhile). */
export async function sendGrant(
  { id, to, parts, prepared, terms }: Chosen,
  { me, nowMs }: { readonly me: Me; readonly nowMs: number },
): Promise<void> {
  const { destination, recipient, purpose, secret } = to;
  const note = cleanNote(terms.note);
  const draft = { id, destination, recipient, purpose, note, parts, notAfter: endOf(terms, nowMs) };
  const ink = {
    device: me.device,
    ownerKey: me.person.signKey,
    nowMs,
    sign: (...what: Parameters<Me["sign"]>) => me.sign(...what),
  };
  const { order } = await compose(draft, prepared, ink);
  await handIn(id, order);
  if (secret !== null) rememberLink(id, linkOf(recipient.deliverTo, id, secret));
}

/** What was kept although its answer got lost is there: it is not granted twice. */
export async function handIn(id: string, order: GrantOrder): Promise<void> {
  try {
    await postGrant(order);
  } catch (error) {
    const kept = await getGrant(id).catch(() => null); // what the doorbell said first is what is told
    if (kept === null) throw error;
  }
}
