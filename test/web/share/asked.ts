/** A request and a court order as the API shows them. */
import type { CourtOrderCard, RequestCard } from "../../../daemon/wire/api-consent.ts";
import { hashOf, requestEnvelope, testAgency, testRequest } from "../../../scripts/rigs/agency.ts";
import { noonMs } from "../samples.ts";

export function aRequest(change: Partial<RequestCard> = {}): RequestCard {
  const agency = testAgency();
  const request = testRequest(agency, { nowMs: noonMs });
  const { name, kind, contact, verifiedBy, jurisdiction } = agency.profile;
  return {
    hash: hashOf(requestEnvelope(agency, request)),
    state: "shown",
    request,
    agency: { name, kind, contact, verifiedBy, jurisdiction, keySinceMs: 0, keyChanged: false },
    clips: [],
    distanceM: 120,
    shownWallMs: noonMs,
    notes: [],
    logIndex: 1,
    ...change,
  };
}

export function aCourtOrder(): CourtOrderCard {
  return {
    hash: "cd".repeat(32),
    court: "District Court",
    fileNumber: "12 Gs 334/26",
    recipient: "Public prosecutor",
    window: { from: noonMs - 3_600_000, to: noonMs },
    text: "",
    by: "Ada",
    recordedWallMs: noonMs,
  };
}
