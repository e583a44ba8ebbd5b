/**
 * API of sharing: what may be shared with whom, grants and what becomes of them. Throws Faults as
 * state/api.ts does.
 */
import type { Place } from "../../daemon/consent/common.ts";
import type { Envelope } from "../../daemon/identity/envelope.ts";
import type { EventPage } from "../state/api.ts";
import type {
  CourtOrderCard,
  Destinations,
  GrantCard,
  GrantOrder,
  RequestCard,
} from "../../daemon/wire/api-consent.ts";
import { ask, sending } from "../state/api.ts";

async function get<T>(path: string): Promise<T> {
  return (await (await ask(path)).json()) as T;
}

const named = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;

/** Where this house is; it stays here. */
export const getPlace = (): Promise<{ readonly place: Place | null }> => get("/api/place");

export const getDestinations = (): Promise<Destinations> => get("/api/destinations");

/** Null: not shown here, or not any more. */
export async function getRequest(hash: string): Promise<RequestCard | null> {
  const { requests } = await get<{ readonly requests: readonly RequestCard[] }>("/api/requests");
  return requests.find((card) => card.hash === hash) ?? null;
}

export async function getCourtOrder(hash: string): Promise<CourtOrderCard | null> {
  const { orders } = await get<{ readonly orders: readonly CourtOrderCard[] }>("/api/court-orders");
  return orders.find((card) => card.hash === hash) ?? null;
}

const pageSize = 200;
const mostPages = 25;

/** Clips of events that began in a window or up to an hour before it, oldest first. */
export async function clipsBetween({ from, to }: { from: number; to: number }): Promise<string[]> {
  const clips = new Set<string>();
  let before: string | null = `${to + 1}_00000000`;
  for (let page = 0; page < mostPages && before !== null; page += 1) {
    const { events, next }: EventPage = await get(`/api/events?limit=${pageSize}&before=${before}`);
    for (const { clip } of events) if (clip !== null) clips.add(clip);
    const oldest = events.at(-1);
    before = oldest === undefined || oldest.startWallMs < from - longestClipMs ? null : next;
  }
  return [...clips].toReversed();
}
const longestClipMs = 3_600_000;

export async function getGrants(): Promise<readonly GrantCard[]> {
  return (await get<{ readonly grants: readonly GrantCard[] }>("/api/grants")).grants;
}

export const getGrant = (id: string): Promise<GrantCard> => get(named("/api/grants", id));

export async function postGrant(order: GrantOrder): Promise<void> {
  await ask("/api/grants", sending("POST", order));
}

/** Before anything left it is a cancellation, later it stops what has not left. */
export async function revokeGrant(id: string, envelope: Envelope): Promise<void> {
  await ask(`${named("/api/grants", id)}/revoke`, sending("POST", { envelope }));
}

export async function resumeGrant(id: string): Promise<void> {
  await ask(`${named("/api/grants", id)}/resume`, { method: "POST" });
}

/** Look for the receipt or the answer now. */
export async function lookForAnswer(id: string): Promise<void> {
  await ask(`${named("/api/grants", id)}/ask`, { method: "POST" });
}

export async function askToDelete(id: string, envelope: Envelope): Promise<void> {
  await ask(`${named("/api/grants", id)}/deletion`, sending("POST", { envelope }));
}
