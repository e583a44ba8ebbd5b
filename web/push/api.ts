/**
 * API of alerts to browsers, as typed requests. Throws Faults as state/api.ts does.
 */
import type { PhonesShown } from "../../daemon/wire/api-push.ts";
import type { Subscription } from "../../daemon/wire/told.ts";
import { ask, sending } from "../state/api.ts";

export async function getPhones(): Promise<PhonesShown> {
  return (await (await ask("/api/phones")).json()) as PhonesShown;
}

export async function addPhone(phone: Subscription & { readonly label: string }): Promise<void> {
  await ask("/api/phones", sending("POST", phone));
}

export async function allowPhones(allowed: boolean): Promise<void> {
  await ask("/api/phones", sending("PUT", { allowed }));
}

export async function removePhone(id: string): Promise<void> {
  await ask(`/api/phones/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** Resolves when its push service took a test alert. */
export async function testPhone(id: string): Promise<void> {
  await ask(`/api/phones/${encodeURIComponent(id)}/test`, { method: "POST" });
}
