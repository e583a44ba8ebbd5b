/** An owner draws the property line, as the page does. */
import { expect } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { policyOf, type PolicyChange } from "../../../scripts/rigs/paired.ts";
import { putJson } from "../../../scripts/rigs/person.ts";
import type { TestDoor } from "./door.ts";

export async function drawLine(door: TestDoor, shape: NonNullable<PolicyChange["shape"]>): Promise<void> {
  const envelope = signEnvelope(door.owner.keys, payloadTypes.policy, policyOf(door.device, { shape }));
  expect((await putJson(door.owner, "/api/policy", { envelope })).status).toBe(200);
}
