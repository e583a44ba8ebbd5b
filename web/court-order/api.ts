/**
 * API of court orders: those that are recorded, and one more.
 */
import type { CourtOrderCard } from "../../daemon/wire/api-consent.ts";
import type { Envelope } from "../../daemon/identity/envelope.ts";
import { ask, sending } from "../state/api.ts";

export async function getCourtOrders(): Promise<{ readonly orders: readonly CourtOrderCard[] }> {
  return (await (await ask("/api/court-orders")).json()) as { orders: CourtOrderCard[] };
}

export async function postCourtOrder(envelope: Envelope): Promise<void> {
  await ask("/api/court-orders", sending("POST", { envelope }));
}
