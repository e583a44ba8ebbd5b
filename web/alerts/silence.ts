/**
 * Silence: is this listener kept silent now, by what and until when? Pure.
 */
import { isQuiet, quietUntil } from "../../daemon/alerts/quiet.ts";
import type { AlertsView } from "../../daemon/wire/api-alerts.ts";

export type Listening = AlertsView["own"];

export type Silence =
  | {
      readonly by: "snooze";
      readonly who: string | null;
      readonly untilWallMs: number | null;
      readonly ring: boolean;
    }
  | { readonly by: "quiet"; readonly untilWallMs: number | null; readonly ring: boolean };

/** Null = everything that was chosen is told. `ring`: rings are told all the same. */
export function silenceNow({ rules, snooze }: Listening, nowMs: number): Silence | null {
  if (snooze !== null && (snooze.untilWallMs === null || snooze.untilWallMs > nowMs))
    return { by: "snooze", who: snooze.by, untilWallMs: snooze.untilWallMs, ring: snooze.ringThrough };
  if (!isQuiet(rules, nowMs)) return null;
  return { by: "quiet", untilWallMs: quietUntil(rules, nowMs), ring: rules.ringThroughQuiet };
}

/** ntfy or webhook are set: the house has somebody to keep silent. */
export function hasHouse({ house }: AlertsView): boolean {
  return house.channels.some(({ channel, on }) => on && channel !== "mqtt");
}
