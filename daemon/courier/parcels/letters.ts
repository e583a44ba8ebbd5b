/**
 * Letters: what is asked of a dock, and left there, beside parcels: receipts, deletion notices, answers.
 *
 * Each is one small signed envelope, handed on as it came: the keeper judges it. Once each; the keeper asks
 * again when it wants to know again.
 */
import { Fault } from "../../../hal/fault.ts";
import type { KeeperToCourier } from "../../wire/messages.ts";
import type { HttpClient } from "../http/client.ts";
import { statusFault } from "../http/words.ts";

export type DockAsk = Extract<KeeperToCourier, { type: "dock-ask" }>;
export type DockTell = Extract<KeeperToCourier, { type: "dock-tell" }>;

export function addressAt(deliverTo: string, ...names: readonly string[]): string {
  return [deliverTo.replace(/\/+$/u, ""), ...names].join("/");
}

/** Null = the dock has none yet. */
export async function askDock(
  { deliverTo, grant, what }: DockAsk,
  client: HttpClient,
  signal: AbortSignal,
): Promise<unknown> {
  const url = addressAt(deliverTo, grant, what);
  const { status, body } = await client.call({ method: "GET", url, signal });
  if (status === 404) return null;
  if (status !== 200) throw statusFault(status, new URL(url).host);
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    throw new Fault("invalid", `${new URL(url).host} answers what is no letter`, { cause: error });
  }
}

export async function tellDock(
  { deliverTo, grant, envelope }: DockTell,
  client: HttpClient,
  signal: AbortSignal,
): Promise<void> {
  const { status } = await client.call({
    method: "PUT",
    url: addressAt(deliverTo, grant, "deletion"),
    headers: { "Content-Type": "application/json" },
    body: new TextEncoder().encode(JSON.stringify(envelope)),
    signal,
  });
  if (status < 200 || status >= 300) throw statusFault(status, new URL(deliverTo).host);
}
