/**
 * Draft: a request while it is written, what is still missing, and what a doorbell would say to it. Pure.
 *
 * The answer is that of daemon/consent/check-request.ts, the one check of desk, portal and doorbell; here all that is
 * wrong is told at once, not only the first.
 */
import type { Agency } from "../../../daemon/consent/agency.ts";
import { agencyProblem, limitProblems } from "../../../daemon/consent/check-request.ts";
import type { RejectCode } from "../../../daemon/consent/reject-codes.ts";
import { requestSchema, type IncidentType, type Request } from "../../../daemon/consent/request.ts";
import { deskWords } from "./words.ts";

const dayMs = 86_400_000;
const { missing: say } = deskWords.compose;

export interface Draft {
  readonly case: string;
  readonly incidentType: IncidentType | "";
  readonly purpose: string;
  readonly lat: string;
  readonly lon: string;
  readonly radiusM: string;
  /** As `datetime-local` writes it, in the writer's time zone; "" = not said. */
  readonly from: string;
  readonly to: string;
  readonly lifeDays: string;
  readonly keepDays: string;
  /** One a line. */
  readonly onward: string;
  readonly contact: string;
  readonly sealTo: string;
  readonly deliverTo: string;
}

export function newDraft({ contact, sealTo, docks }: Pick<Agency, "contact" | "sealTo" | "docks">): Draft {
  return {
    case: "",
    incidentType: "",
    purpose: "",
    lat: "",
    lon: "",
    radiusM: "250",
    from: "",
    to: "",
    lifeDays: "7",
    keepDays: "90",
    onward: "",
    contact,
    sealTo: sealTo.at(-1) ?? "",
    deliverTo: docks[0] ?? "",
  };
}

/** Null = not a number yet. */
export function numberOf(text: string): number | null {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(number) ? null : number;
}

/** Null = not said yet. */
export function timeOf(text: string): number | null {
  const time = text === "" ? Number.NaN : new Date(text).getTime();
  return Number.isFinite(time) ? time : null;
}

export function placeOf({ lat, lon }: Draft): { readonly lat: number; readonly lon: number } | null {
  const [north, east] = [numberOf(lat), numberOf(lon)];
  if (north === null || east === null || Math.abs(north) > 90 || Math.abs(east) > 180) return null;
  return { lat: north, lon: east };
}

export interface Signing {
  readonly agency: Pick<Agency, "id">;
  readonly id: string;
  readonly nowMs: number;
}

/** What it would be if it were signed now; null while a number, the place or a time is missing. */
export function requestOf(draft: Draft, { agency, id, nowMs }: Signing): Request | null {
  const place = placeOf(draft);
  const [from, to] = [timeOf(draft.from), timeOf(draft.to)];
  const [radiusM, lifeDays, keepDays] = [draft.radiusM, draft.lifeDays, draft.keepDays].map(numberOf);
  if (place === null || from === null || to === null || draft.incidentType === "") return null;
  if (radiusM == null || lifeDays == null || keepDays == null) return null;
  const request = {
    id,
    agency: agency.id,
    case: draft.case,
    incidentType: draft.incidentType,
    purpose: draft.purpose,
    area: { ...place, radiusM },
    window: { from, to },
    issuedAt: nowMs,
    expiresAt: nowMs + Math.round(lifeDays * dayMs),
    keepDays: Math.round(keepDays),
    onwardSharing: draft.onward
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    contact: draft.contact,
    sealTo: draft.sealTo,
    deliverTo: draft.deliverTo,
  };
  return requestSchema.safeParse(request).data ?? null;
}

/** What is still to be filled in, in words; empty when `requestOf` can be asked. */
export function missingOf(draft: Draft): string[] {
  const numbers = [draft.radiusM, draft.lifeDays, draft.keepDays].map(numberOf);
  return [
    draft.incidentType === "" && say.incidentType,
    draft.case.trim() === "" && say.case,
    draft.purpose.trim() === "" && say.purpose,
    placeOf(draft) === null && say.place,
    (timeOf(draft.from) === null || timeOf(draft.to) === null) && say.window,
    numbers.includes(null) && say.numbers,
    draft.contact.trim() === "" && say.contact,
  ].filter((words) => words !== false);
}

/** All for which a doorbell would not show it; empty = it would. */
export function problemsOf(request: Request, agency: Agency, signKey: string): RejectCode[] {
  const byAgency = agencyProblem(request, agency, signKey);
  return [...limitProblems(request), ...(byAgency === null ? [] : [byAgency])];
}

/** 80 bits, fit for `requestSchema`. */
export function newRequestId(): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return `r-${Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
