/**
 * Gauges: each limit of a request beside what the request asks. Pure.
 *
 * For showing: what is allowed and where a request stands. Whether a doorbell looks at a request is decided by
 * the check in daemon/consent, of which the desk shows the answer besides.
 */
import { limits } from "../../../daemon/consent/limits.ts";
import type { Request } from "../../../daemon/consent/request.ts";
import { duration } from "../../../web/look/format.ts";
import { words } from "../words.ts";
import { daysText, lengthText } from "./places.ts";

const { limits: say } = words;
const dayMs = 86_400_000;

export interface Gauge {
  readonly id: "radius" | "window" | "past" | "age" | "life" | "keep";
  readonly name: string;
  readonly value: string;
  readonly allowed: string;
  readonly ok: boolean;
}

export type Measured = Pick<Request, "area" | "window" | "issuedAt" | "expiresAt" | "keepDays">;

export function gaugesOf({ area, window, issuedAt, expiresAt, keepDays }: Measured): Gauge[] {
  const windowMs = window.to - window.from;
  const ageMs = issuedAt - window.from;
  const lifeMs = expiresAt - issuedAt;
  return [
    {
      id: "radius",
      name: say.radius,
      value: lengthText(area.radiusM),
      allowed: say.allowed(lengthText(limits.minRadiusM), lengthText(limits.maxRadiusM)),
      ok: area.radiusM >= limits.minRadiusM && area.radiusM <= limits.maxRadiusM,
    },
    {
      id: "window",
      name: say.window,
      value: duration(windowMs),
      allowed: say.allowed(duration(limits.minWindowMs), duration(limits.maxWindowMs)),
      ok: windowMs >= limits.minWindowMs && windowMs <= limits.maxWindowMs,
    },
    {
      id: "past",
      name: say.looksBack,
      value: window.to <= issuedAt ? duration(issuedAt - window.to) : say.future,
      allowed: say.past,
      ok: window.to <= issuedAt,
    },
    {
      id: "age",
      name: say.age,
      value: duration(ageMs),
      allowed: say.atMost(days(limits.maxAgeMs)),
      ok: ageMs <= limits.maxAgeMs,
    },
    {
      id: "life",
      name: say.life,
      value: duration(lifeMs),
      allowed: say.atMost(days(limits.maxLifetimeMs)),
      ok: lifeMs > 0 && lifeMs <= limits.maxLifetimeMs,
    },
    {
      id: "keep",
      name: say.keep,
      value: daysText(keepDays),
      allowed: say.atMost(daysText(limits.maxKeepDays)),
      ok: keepDays <= limits.maxKeepDays,
    },
  ];
}

function days(ms: number): string {
  return daysText(ms / dayMs);
}
