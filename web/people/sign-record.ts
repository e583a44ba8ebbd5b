/**
 * SignRecord: the next change of the household, signed by this owner and handed in.
 *
 * Its number and predecessor are asked for right before: somebody else may have changed the
 * household since the page was drawn. Throws as the request does.
 */
import { isViewer, type Role } from "../../daemon/household/roles.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import type { Join } from "../../daemon/wire/api-household.ts";
import { addRecord, getPeople } from "../identity/api.ts";
import type { Me } from "../identity/me.ts";
import { newPersonId } from "../identity/new-person.ts";

export interface Signing {
  readonly me: Me;
  readonly wallMs: number;
}

/** `role` may be another than the one that was wanted, if the keys that were sent allow it. */
export async function letIn({ name, signKey, sealTo }: Join, role: Role, signing: Signing): Promise<void> {
  const person = { id: newPersonId(), name, role, signKey, sealTo: isViewer(role) ? sealTo : null };
  await hand({ type: "enrol", person }, signing);
}

export async function removePerson(person: string, signing: Signing): Promise<void> {
  await hand({ type: "remove", person }, signing);
}

/** Roles that these keys can have: who sent no seal key cannot be a viewer. */
export function rolesFor({ sealTo }: Pick<Join, "sealTo">, among: readonly Role[]): Role[] {
  return among.filter((role) => sealTo !== null || !isViewer(role));
}

async function hand(change: object, { me, wallMs }: Signing): Promise<void> {
  const { next } = await getPeople();
  const record = { ...change, device: me.device, ...next, issuedAt: Math.round(wallMs) };
  await addRecord(await me.sign(payloadTypes.household, record));
}
