/**
 * Sentence: a request as an owner reads it, without a word of the agency's own but its case.
 *
 * The agency's own words (`purpose`) are shown apart from it and marked as such: what a request asks for is said
 * by this page, from the numbers that were signed.
 */
import type { Request } from "../../../daemon/consent/request.ts";
import { clockTime } from "../../../web/look/format.ts";
import { words } from "../words.ts";
import { dayText, daysText, lengthText, placeText, whenText } from "./places.ts";

const { request: say } = words;

export interface Sentences {
  readonly asks: string;
  readonly promises: string;
  readonly until: string;
}

export function sentencesOf(request: Request, agencyName: string, nowMs: number): Sentences {
  const { area, window, onwardSharing, expiresAt } = request;
  const asks = say.sentence({
    agency: agencyName,
    incident: words.incident[request.incidentType].toLowerCase(),
    radius: lengthText(area.radiusM),
    place: placeText(area),
    when: spanText(window),
    caseName: request.case,
  });
  const onward = onwardSharing.length === 0 ? say.toNobody : say.onward(onwardSharing.join(", "));
  const over = expiresAt <= nowMs;
  return {
    asks,
    promises: `${say.promise(daysText(request.keepDays))}${onward}`,
    until: over ? say.ended(dayText(expiresAt)) : say.until(whenText(expiresAt)),
  };
}

/** The day once, when it is one. */
export function spanText({ from, to }: Request["window"]): string {
  return dayText(from) === dayText(to)
    ? say.sameDay(dayText(from), clockTime(from), clockTime(to))
    : say.days(whenText(from), whenText(to));
}
