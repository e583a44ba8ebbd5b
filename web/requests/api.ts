/**
 * API of requests: what is asked, saying no, and silence.
 */
import type { Requests } from "../../daemon/wire/api-consent.ts";
import { ask, sending } from "../state/api.ts";

export async function getRequests(): Promise<Requests> {
  return (await (await ask("/api/requests")).json()) as Requests;
}

/** Nobody but this doorbell hears of it. */
export async function refuseRequest(hash: string): Promise<void> {
  await ask(`/api/requests/${encodeURIComponent(hash)}/refuse`, { method: "POST" });
}

/** `agency`: its short name, or "all". */
export async function setMute(change: { readonly agency: string; readonly muted: boolean }): Promise<void> {
  await ask("/api/mute", sending("PUT", change));
}
