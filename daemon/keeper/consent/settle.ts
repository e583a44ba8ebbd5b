/**
 * Settle: what becomes of requests as time goes by and the index answers. Pure.
 *
 * In this order: those whose time is over go (only by a clock that is trusted), those for whose window there is no
 * recording go, and of the others the oldest are told, so many in 24 hours and no more: the rest waits as a
 * number. Those of an agency that is muted are not told. Days are counted from each telling, in both directions,
 * so that a clock that jumps makes no new day. One that is over, or not yet made, by a clock that is not trusted waits
 * until it is: it is neither told nor lost.
 */
import { timeProblem } from "../../consent/check-request.ts";
import type { Request } from "../../consent/request.ts";
import type { PassedBy } from "./feed/judge.ts";
import { isUndecided, wasShown, type RequestRecord } from "./request-record.ts";

const dayMs = 86_400_000;
/** That were answered without a grant, and are remembered; more than are told in a day. */
const mostAnswered = 128;
/** A grant is asked about its request as long as it lives: far more than an owner ever signs in that time. */
const mostGranted = 1_000;

export interface SettleInput {
  readonly nowMs: number;
  readonly clockTrusted: boolean;
  readonly mostShownPerDay: number;
  readonly isMuted: (agency: string) => boolean;
  /** Null = the index cannot be asked now. */
  readonly isRecorded: (window: Request["window"]) => boolean | null;
}

export interface Settled {
  readonly requests: readonly RequestRecord[];
  readonly shown: readonly RequestRecord[];
  /** That were shown and not answered. */
  readonly expired: readonly RequestRecord[];
  readonly counts: Readonly<Partial<Record<PassedBy | "expired", number>>>;
}

/** Null = nothing changes. */
export function settle(requests: readonly RequestRecord[], input: SettleInput): Settled | null {
  const over = requests.filter((each) => isUndecided(each) && isOver(each, input));
  const expired = over.filter(wasShown);
  const unmatched = requests.filter(
    (each) =>
      each.state === "found" && !over.includes(each) && input.isRecorded(each.request.window) === false,
  );
  const gone = new Set([...over.filter((each) => !wasShown(each)), ...unmatched]);
  const rest = requests.flatMap((each) => {
    if (gone.has(each)) return [];
    if (expired.includes(each)) return [{ ...each, state: "expired" as const }];
    const matched = each.state === "found" && input.isRecorded(each.request.window) === true;
    return [matched ? { ...each, state: "waiting" as const } : each];
  });
  const { told, shown } = tell(rest, input);
  const isSame =
    gone.size + expired.length + shown.length === 0 && rest.every((each, i) => each === requests[i]);
  if (isSame) return null;
  return {
    requests: forgetOld(told),
    shown,
    expired,
    counts: { "no-recording": unmatched.length, expired: over.length - expired.length },
  };
}

function isOver({ request }: RequestRecord, { nowMs, clockTrusted }: SettleInput): boolean {
  return clockTrusted && request.expiresAt <= nowMs;
}

function tell(
  requests: readonly RequestRecord[],
  { nowMs, mostShownPerDay, isMuted }: SettleInput,
): { told: RequestRecord[]; shown: RequestRecord[] } {
  const room = Math.max(0, mostShownPerDay - shownLately(requests, nowMs).length);
  const next = waitingOf(requests, isMuted)
    .filter(({ request }) => timeProblem(request, nowMs) === null)
    .slice(0, room);
  const shown = next.map((each) => ({ ...each, state: "shown" as const, shownWallMs: nowMs }));
  const told = requests.map((each) => shown.find(({ hash }) => hash === each.hash) ?? each);
  return { told, shown };
}

/** In the order of the log. */
export function waitingOf(
  requests: readonly RequestRecord[],
  isMuted: (agency: string) => boolean,
): RequestRecord[] {
  return requests
    .filter(({ state, request }) => state === "waiting" && !isMuted(request.agency))
    .toSorted((a, b) => a.logIndex - b.logIndex);
}

/** When the next one may be told, if as many as may be were. */
export function nextTellingMs(requests: readonly RequestRecord[], nowMs: number): number | null {
  const oldest = Math.min(...shownLately(requests, nowMs));
  return Number.isFinite(oldest) ? oldest + dayMs : null;
}

function shownLately(requests: readonly RequestRecord[], nowMs: number): number[] {
  return requests.flatMap(({ shownWallMs }) =>
    shownWallMs !== null && Math.abs(nowMs - shownWallMs) < dayMs ? [shownWallMs] : [],
  );
}

function forgetOld(requests: readonly RequestRecord[]): RequestRecord[] {
  const newestFirst = requests
    .filter((each) => !isUndecided(each))
    .toSorted((a, b) => b.logIndex - a.logIndex);
  const old = new Set([
    ...newestFirst.filter(({ state }) => state !== "granted").slice(mostAnswered),
    ...newestFirst.filter(({ state }) => state === "granted").slice(mostGranted),
  ]);
  return requests.filter((each) => !old.has(each));
}
