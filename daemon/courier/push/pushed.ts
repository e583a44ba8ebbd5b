/**
 * Pushed: what a phone is told of one alert, or of all that could not be told in time. Pure.
 */
import { countsOfAll } from "../../wire/told.ts";
import type { Pushed } from "../../wire/pushed.ts";
import type { Aged } from "../alerts/channel.ts";

/** As many as a notification has room for. */
const mostZones = 4;

/** Null of nothing. */
export function pushedOf(alerts: readonly Aged[], name: string): Pushed | null {
  const last = alerts.at(-1)?.said;
  if (last === undefined) return null;
  const { rings, motions, ...named } = countsOfAll(alerts.map(({ said }) => said));
  const one = alerts.length === 1 && last.type === "happened" ? last : null;
  return {
    kind: one?.kind ?? "digest",
    event: last.type === "digest" ? last.last : last.event,
    wallMs: last.wallMs,
    zones: one === null || one.kind === "ring" ? [] : one.zones.slice(0, mostZones),
    rings,
    movements: motions,
    ...(one === null ? named : {}),
    name,
  };
}

export function testPushed(name: string, wallMs: number): Pushed {
  return { kind: "test", event: null, wallMs: Math.round(wallMs), zones: [], rings: 0, movements: 0, name };
}
