/**
 * API of the line: the policy in force, a new one, and the setup still.
 */
import type { z } from "zod";
import type { Envelope } from "../../daemon/identity/envelope.ts";
import type { policyStateSchema } from "../../daemon/wire/api-household.ts";
import { ask, sending } from "../state/api.ts";

export type PolicyState = z.output<typeof policyStateSchema>;

export async function getPolicy(): Promise<PolicyState> {
  return (await (await ask("/api/policy")).json()) as PolicyState;
}

export async function putPolicy(envelope: Envelope): Promise<void> {
  await ask("/api/policy", sending("PUT", { envelope }));
}

/** An age file that only the owner who signed the request can open. */
export async function postStill(request: Envelope): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await ask("/api/still", sending("POST", { request }))).arrayBuffer());
}
