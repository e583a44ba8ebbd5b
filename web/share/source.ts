/**
 * Source: what an owner chooses from: a request, a court order, or a recording that they picked.
 *
 * Loaded once when the page is opened. What cannot be chosen from (any more) is an answer in words, not a fault.
 */
import type { Clip } from "../../daemon/wire/api.ts";
import type { CourtOrderCard, Destinations, RequestCard } from "../../daemon/wire/api-consent.ts";
import { Fault } from "../../hal/fault.ts";
import { getClip } from "../state/api.ts";
import { clipsBetween, getCourtOrder, getDestinations, getRequest } from "./api.ts";

export type Asked =
  | { readonly kind: "request"; readonly card: RequestCard }
  | { readonly kind: "court-order"; readonly card: CourtOrderCard }
  /** Nobody asked: the owner wants to. */
  | { readonly kind: "own" };

export interface Source {
  readonly asked: Asked;
  /** Whole recordings, oldest first. */
  readonly clips: readonly Clip[];
  /** Nothing outside it is given out. */
  readonly window: { readonly from: number; readonly to: number } | null;
  readonly destinations: Destinations;
}

export type Missing = "request" | "order" | "clips" | "recording";
export type SourceKind = Asked["kind"];

/** `name`: the hash of the request or the order, or the id of the clip. */
export async function loadSource(kind: SourceKind, name: string): Promise<Source | Missing> {
  const destinations = getDestinations();
  destinations.catch(() => {}); // told where it is waited for
  if (kind === "own") return ofClip(name, await destinations);
  if (kind === "request") {
    const card = await getRequest(name);
    if (card === null || !isOpen(card)) return "request";
    const ids = card.clips.map(({ clip }) => clip);
    return ofWindow({ asked: { kind, card }, ids, window: card.request.window }, await destinations);
  }
  const card = await getCourtOrder(name);
  if (card === null) return "order";
  const ids = await clipsBetween(card.window);
  return ofWindow({ asked: { kind, card }, ids, window: card.window }, await destinations);
}

function isOpen({ state }: RequestCard): boolean {
  return state === "shown" || state === "drafting" || state === "granted";
}

async function ofClip(id: string, destinations: Destinations): Promise<Source | Missing> {
  const [clip] = await clipsOf([id]);
  if (clip === undefined) return "clips";
  if (clip.state === "recording") return "recording";
  return { asked: { kind: "own" }, clips: [clip], window: null, destinations };
}

interface Wanted {
  readonly asked: Asked;
  readonly ids: readonly string[];
  readonly window: { readonly from: number; readonly to: number };
}

async function ofWindow(
  { asked, ids, window }: Wanted,
  destinations: Destinations,
): Promise<Source | Missing> {
  const inside = ({ startWallMs, durationMs, state }: Clip): boolean =>
    state !== "recording" && startWallMs < window.to && startWallMs + durationMs > window.from;
  const clips = (await clipsOf(ids)).filter(inside);
  if (clips.length === 0) return "clips";
  return { asked, clips, window, destinations };
}

/** Without those that were deleted meanwhile. */
export async function clipsOf(ids: readonly string[]): Promise<Clip[]> {
  const { signal } = new AbortController();
  const clips = await Promise.all(
    [...new Set(ids)].map((id) =>
      getClip(id, signal).catch((error: unknown) => {
        if (error instanceof Fault && error.kind === "not-found") return null;
        throw error;
      }),
    ),
  );
  return clips
    .filter((clip) => clip !== null && clip.fragments.length > 0)
    .flatMap((clip) => clip ?? [])
    .toSorted((a, b) => a.startWallMs - b.startWallMs);
}
