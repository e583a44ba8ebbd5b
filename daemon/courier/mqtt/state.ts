/**
 * State: the retained word at the broker of how everything is, and what a ring says. Pure.
 *
 * ON and OFF are what Home Assistant's binary sensors expect; null is "unknown" to it.
 */
import type { Facts, HappenedSaid } from "../../wire/told.ts";
import { eventEntities } from "./kinds.ts";

const onOff = (is: boolean): "ON" | "OFF" => (is ? "ON" : "OFF");

export function stateOf(facts: Facts) {
  const { camera, pir, problems } = facts;
  return {
    camera: onOff(camera === "running" || camera === "asleep"),
    camera_state: camera,
    motion: onOff(facts.motion),
    pir: pir === null || pir === "unknown" ? null : onOff(pir === "active"),
    recording: onOff(facts.recording),
    watched: onOff(facts.watched),
    privacy: onOff(facts.privacy),
    snoozed: onOff(facts.snoozed),
    tamper: onOff(facts.tamper),
    masked: onOff(facts.masked),
    disk_full: onOff(facts.diskFull),
    disk_free_mb: facts.diskFreeMb,
    temperature_c: facts.temperatureC,
    problem: onOff(problems.length > 0),
    problems,
  };
}

export type State = ReturnType<typeof stateOf>;

/** `at` is ISO 8601 in UTC. The id is the event's on the page; a message that comes twice has the same. */
export function eventOf({ event, kind, wallMs, zones }: HappenedSaid) {
  const at = new Date(wallMs).toISOString();
  return { event_type: kind, event_id: event, at, ...(eventEntities[kind].zones ? { zones } : {}) };
}
