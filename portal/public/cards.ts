/**
 * Cards: what is in the index, as the API shows it.
 */
import type { z } from "zod";
import {
  buckets,
  type agencyCardSchema,
  type AgencyRecord,
  type Bucket,
  type Note,
  type requestCardSchema,
} from "../api.ts";
import type { Agency } from "../../daemon/consent/agency.ts";
import { agencyDock } from "../dock/docks.ts";
import type { Box, LoggedAgency, LoggedNote, LoggedRequest, Store } from "../store/store.ts";

type RequestCard = z.input<typeof requestCardSchema>;
type AgencyCard = z.input<typeof agencyCardSchema>;

const floors = [0, 1, 10, 50, 250, 1_000];

export function bucketOf(count: number): Bucket {
  const at = floors.findLastIndex((floor) => count >= floor);
  return buckets[Math.max(0, at)] ?? "0";
}

export async function requestCards(
  store: Store,
  requests: readonly LoggedRequest[],
  nowMs: number,
): Promise<RequestCard[]> {
  const notes = await store.registry.notes(requests.map(({ hash }) => hash));
  const ids = [...new Set(requests.map(({ request }) => request.agency))];
  const agencies = new Map<string, Agency>();
  for (const id of ids) {
    const known = await store.registry.agency(id);
    if (known !== null) agencies.set(id, known.profile);
  }
  return requests.map(({ hash, index, request, withdrawn }) => {
    const agency = agencies.get(request.agency);
    return {
      hash,
      index,
      state: withdrawn !== null ? "withdrawn" : request.expiresAt > nowMs ? "open" : "expired",
      withdrawn,
      request,
      agency: { id: request.agency, name: agency?.name ?? request.agency, kind: agency?.kind ?? "police" },
      notes: notes.filter(({ about }) => about === hash).map(noteOf),
    };
  });
}

export function noteOf({ kind, text, issuedAt, index }: LoggedNote): Note {
  return { kind, text, issuedAt, index };
}

export async function agencyCard(
  store: Store,
  { profile }: LoggedAgency,
  nowMs: number,
): Promise<AgencyCard> {
  const { requests, open } = await store.registry.counts(profile.id, nowMs);
  const corners = profile.jurisdiction;
  const mean = (at: 0 | 1): number => corners.reduce((sum, corner) => sum + corner[at], 0) / corners.length;
  return {
    id: profile.id,
    name: profile.name,
    kind: profile.kind,
    lat: mean(0),
    lon: mean(1),
    requests,
    open,
    revoked: profile.keys.every(({ revokedAt }) => revokedAt !== null),
  };
}

export async function agencyRecord(store: Store, agency: string, nowMs: number): Promise<AgencyRecord> {
  const requests = await store.registry.counts(agency, nowMs);
  const parcels = await store.parcels.counts(agencyDock(agency));
  const answered = parcels.deletionsDone + parcels.deletionsRefused;
  return {
    ...requests,
    received: bucketOf(parcels.received),
    receipted: bucketOf(parcels.receipted),
    deletionsAsked: bucketOf(parcels.deletionsAsked),
    deletionsDone: bucketOf(parcels.deletionsDone),
    deletionsRefused: bucketOf(parcels.deletionsRefused),
    deletionsUnanswered: bucketOf(Math.max(0, parcels.deletionsAsked - answered)),
  };
}

interface HalfBox {
  readonly south?: number | undefined;
  readonly west?: number | undefined;
  readonly north?: number | undefined;
  readonly east?: number | undefined;
}

/** All four sides or none. */
export function boxOf({ south, west, north, east }: HalfBox): Box | undefined {
  return south === undefined || west === undefined || north === undefined || east === undefined
    ? undefined
    : { south, west, north, east };
}
