/**
 * Ignorable: would the rules of the house ignore an event that somebody keeps, were it left to them again? Pure.
 *
 * As the doorbell decides: a rule of now hides nothing that is older than what is ignored may get.
 */
import { isIgnored } from "../../daemon/alerts/ignored.ts";
import { rulesOf } from "../../daemon/alerts/zone-actions.ts";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Event } from "../../daemon/wire/api.ts";

export interface Passed {
  readonly nowMs: number;
  /** So long is kept what is ignored. */
  readonly hours: number;
}

export function isIgnorable(event: Event, zones: Zones, { nowMs, hours }: Passed): boolean {
  if (nowMs - event.startWallMs >= hours * 3_600_000) return false;
  return isIgnored({ ...event, spared: null }, rulesOf(zones));
}
