/**
 * Said: who closed the camera's sight and until when, in words. Pure.
 */
import { mayOpen, type Closer } from "../../daemon/wire/closers.ts";
import type { PrivacyState } from "../../daemon/wire/privacy.ts";
import { nearMoment } from "../look/format.ts";
import { privacyWords as say } from "./words.ts";

/** One or two sentences; "" = it is open. */
export function closedSaid(state: PrivacyState, nowMs: number): string {
  if (!state.closed) return "";
  if (state.by === null || state.sinceWallMs === null) return say.unknown;
  const who = state.by === "broker" ? say.broker : (state.name ?? say.somebody);
  const since = say.at(nearMoment(state.sinceWallMs, nowMs));
  if (state.waitsForClock) return `${say.by(who, since)}. ${say.waitsForClock}`;
  const until =
    state.untilWallMs === null ? say.untilOpened : say.until(nearMoment(state.untilWallMs, nowMs));
  return `${say.by(who, since)}, ${until}.`;
}

/** Where nobody knows who closed it, an owner opens it. */
export function mayOpenIt(closer: Closer | null, { by }: PrivacyState): boolean {
  return closer !== null && mayOpen(closer, { by: by ?? "owner" });
}
