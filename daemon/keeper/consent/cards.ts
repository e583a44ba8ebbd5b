/**
 * Cards: requests as the page reads them. Which clips of this house lie in the window is asked of the index
 * each time, so that a clip that was deleted meanwhile is not offered.
 */
import { Fault } from "../../../hal/fault.ts";
import type { RequestCard, Requests } from "../../wire/api-consent.ts";
import type { ClipSpan } from "../store/reader.ts";
import type { FeedDesk } from "./feed/feed-desk.ts";
import type { Agencies } from "./feed/agencies.ts";
import type { House } from "./house.ts";
import { shownState, type RequestBook } from "./request-book.ts";
import type { RequestRecord } from "./request-record.ts";

export interface CardSources {
  readonly book: RequestBook;
  readonly feed: FeedDesk;
  readonly house: House;
  readonly agencies: Agencies;
  readonly spans: (window: { from: number; to: number }) => ClipSpan[];
}

export function requestsOf({ book, feed, house, agencies, spans }: CardSources): Requests {
  return {
    requests: book.shown.map((record) => cardOf(record, agencies, spans(record.request.window))),
    digest: book.digest,
    muted: house.mutes.agencies.map((agency) => ({ agency, name: book.agencyName(agency) })),
    mutedAll: house.mutes.all,
    feed: feed.status,
    placed: house.place !== null,
  };
}

function cardOf(record: RequestRecord, agencies: Agencies, clips: readonly ClipSpan[]): RequestCard {
  const { hash, request, distanceM, shownWallMs, notes, logIndex, keySinceMs, keyChanged } = record;
  const profile = agencies.get(request.agency)?.profile;
  const state = shownState(record);
  if (profile === undefined || state === null || shownWallMs === null)
    throw new Fault("bug", "a request without its agency is shown");
  const { name, kind, contact, verifiedBy, jurisdiction } = profile;
  return {
    hash,
    state,
    request,
    agency: { name, kind, contact, verifiedBy, keySinceMs, keyChanged, jurisdiction },
    clips: clips.map(({ id, startWallMs, durationMs }) => ({
      clip: id,
      startWallMs,
      durationMs,
      insideMs:
        Math.min(startWallMs + durationMs, request.window.to) - Math.max(startWallMs, request.window.from),
    })),
    distanceM,
    shownWallMs,
    notes,
    logIndex,
  };
}
