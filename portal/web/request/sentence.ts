/**
 * Sentence: a request as an owner reads it, without a word of the agency's own but its case.
 *
 * The sentences are those of the owner's page (web/requests), with the place in degrees where that one tells the
 * way from the house, and with the year, because the log lasts. The agency's own words (`purpose`) are shown apart and marked as such: what a request asks
 * for is said from the numbers that were signed.
 */
import type { Request } from "../../../daemon/consent/request.ts";
import { keepWords, onwardWords } from "../../../web/requests/sentence.ts";
import { words as ownersWords } from "../../../web/words.ts";
import { words } from "../words.ts";
import { dayText, lengthText, placeText, spanText, whenText } from "./places.ts";

const { request: say } = words;
const { asks: ownersAsks, incidents } = ownersWords.requests;

export interface Sentences {
  readonly asks: string;
  readonly promises: string;
  readonly until: string;
}

export function sentencesOf(request: Request, agencyName: string, nowMs: number): Sentences {
  const { area, window, expiresAt, incidentType } = request;
  const asks = ownersAsks({
    agency: agencyName,
    radius: lengthText(area.radiusM),
    point: placeText(area),
    window: spanText(window.from, window.to),
  });
  const over = expiresAt <= nowMs;
  return {
    asks: `${asks} ${say.about(incidents[incidentType], request.case)}`,
    promises: say.promises(keepWords(request), onwardWords(request)),
    until: over ? say.ended(dayText(expiresAt)) : say.until(whenText(expiresAt)),
  };
}
