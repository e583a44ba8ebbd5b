/**
 * Check request: is this a request that may be put to owners? The one answer of portal, desk and doorbell.
 *
 * Each check has its own reject code; the first that fails is the answer. In order of cost and of who
 * is at fault: what it says by itself, who says it, when. Signature, case count and number are asked
 * by the caller, who knows the log. Pure; runs in browsers.
 *
 * Whole circle: the area's middle and every point of its rim lie inside the agency's territory.
 * A key that is listed as revoked signs nothing that comes later in the log, whatever date it bears:
 * who has stolen a key would write an earlier one.
 */
import type { z } from "zod";
import type { Agency } from "./agency.ts";
import { limits } from "./limits.ts";
import { isCircleInside } from "./place.ts";
import type { RejectCode } from "./reject-codes.ts";
import { requestSchema, type Request } from "./request.ts";

/** By itself: asks for neither too much nor too little. All that is wrong, in the order of the list. */
export function limitProblems({
  area,
  window,
  issuedAt,
  expiresAt,
  keepDays,
  ...rest
}: Request): RejectCode[] {
  const lengthMs = window.to - window.from;
  const lifetimeMs = expiresAt - issuedAt;
  const found: (RejectCode | false)[] = [
    normalCase(rest.case) === "" && "no-case",
    area.radiusM < limits.minRadiusM && "radius-too-small",
    area.radiusM > limits.maxRadiusM && "radius-too-large",
    lengthMs < 0 && "window-reversed",
    lengthMs >= 0 && lengthMs < limits.minWindowMs && "window-too-short",
    lengthMs > limits.maxWindowMs && "window-too-long",
    window.to > issuedAt && "window-not-over",
    issuedAt - window.from > limits.maxAgeMs && "window-too-old",
    lifetimeMs <= 0 && "lifetime-reversed",
    lifetimeMs > limits.maxLifetimeMs && "lifetime-too-long",
    keepDays > limits.maxKeepDays && "keep-too-long",
  ];
  return found.filter((code) => code !== false);
}

/** By this agency, whose profile is the newest in the log before it, with this key. */
export function agencyProblem(request: Request, agency: Agency | null, signKey: string): RejectCode | null {
  if (agency === null || agency.id !== request.agency) return "unknown-agency";
  const key = agency.keys.find((each) => each.signKey === signKey);
  if (key === undefined) return "unknown-key";
  if (key.revokedAt !== null) return "key-revoked";
  if (key.from > request.issuedAt) return "key-not-valid-yet";
  if (!agency.sealTo.includes(request.sealTo)) return "wrong-seal-key";
  if (!agency.docks.includes(request.deliverTo)) return "wrong-dock";
  if (!isCircleInside(request.area, agency.jurisdiction)) return "outside-jurisdiction";
  return null;
}

/** Now. Whoever does not know the time does not ask. */
export function timeProblem({ issuedAt, expiresAt }: Request, nowMs: number): RejectCode | null {
  if (issuedAt > nowMs + limits.clockSlackMs) return "issued-in-future";
  return expiresAt <= nowMs ? "expired" : null;
}

export interface Asker {
  readonly agency: Agency | null;
  readonly signKey: string;
  /** Null = the clock is not trusted. */
  readonly nowMs: number | null;
}

/** All of the above; null = it may be put to owners if its signature fits and it is in the log. */
export function requestProblem(request: Request, { agency, signKey, nowMs }: Asker): RejectCode | null {
  const [limit] = limitProblems(request);
  return (
    limit ?? agencyProblem(request, agency, signKey) ?? (nowMs === null ? null : timeProblem(request, nowMs))
  );
}

/** A payload as a request, or what is wrong with its shape. */
export function parseRequest(payload: unknown): Request | RejectCode {
  const parsed = requestSchema.safeParse(payload);
  return parsed.success ? parsed.data : shapeProblem(parsed.error);
}

const problemOfField: Readonly<Record<string, RejectCode>> = {
  case: "no-case",
  incidentType: "incident-not-listed",
  keepDays: "retention-not-stated",
  onwardSharing: "onward-not-stated",
};

/** What lacks a field that must be stated is called by it, if nothing else is wrong. */
function shapeProblem({ issues }: z.ZodError): RejectCode {
  const codes = issues.map(({ path: [field] }) => problemOfField[String(field)] ?? "bad-shape");
  return codes.find((code) => code === "bad-shape") ?? codes[0] ?? "bad-shape";
}

/**
 * One spelling of a case's number, so that "2026/17", "2026-17" and " 2026 17" are one case.
 * Empty = it names nothing.
 */
export function normalCase(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
