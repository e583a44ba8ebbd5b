/** Cards of requests as the API sends them, for the page's tests. */
import type { RequestCard } from "../../../daemon/wire/api-consent.ts";
import { testAgency, testPlace, testRequest, type TestAgency } from "../../../scripts/rigs/agency.ts";
import type { Request } from "../../../daemon/consent/request.ts";
import { noonMs } from "../samples.ts";

interface Changes {
  readonly agency?: TestAgency;
  readonly request?: Partial<Request>;
  readonly card?: Partial<RequestCard>;
}

/** Hash of so many digits `number`. */
export function aCard(
  number: number,
  { agency = testAgency(), request = {}, card = {} }: Changes = {},
): RequestCard {
  const { name, kind, contact, verifiedBy, jurisdiction } = agency.profile;
  return {
    hash: String(number).repeat(64).slice(0, 64),
    state: "shown",
    request: testRequest(agency, { nowMs: noonMs, number, ...request }),
    agency: { name, kind, contact, verifiedBy, jurisdiction, keySinceMs: 0, keyChanged: false },
    clips: [],
    distanceM: 120,
    shownWallMs: noonMs,
    notes: [],
    logIndex: number,
    ...card,
  };
}

export { testPlace };
