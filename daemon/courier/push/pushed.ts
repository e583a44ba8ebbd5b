/**
 * Pushed: what a phone is told of one alert, or of all that could not be told in time. Pure.
 */
import type { Pushed } from "../../wire/pushed.ts";
import type { Aged } from "../alerts/channel.ts";

/** As many as a notification has room for. */
const mostZones = 4;

/** Null of nothing. */
export function pushedOf(alerts: readonly Aged[], name: string): Pushed | null {
  const last = alerts.at(-1)?.said;
  if (last === undefined) return null;
  const rings = alerts.filter(({ said }) => said.kind === "ring").length;
  const isOne = alerts.length === 1;
  return {
    kind: isOne ? last.kind : "digest",
    event: last.event,
    wallMs: last.wallMs,
    zones: isOne && last.kind === "motion" ? last.zones.slice(0, mostZones) : [],
    rings,
    movements: alerts.length - rings,
    name,
  };
}

export function testPushed(name: string, wallMs: number): Pushed {
  return { kind: "test", event: null, wallMs: Math.round(wallMs), zones: [], rings: 0, movements: 0, name };
}
