/**
 * Describe: an event in words: what, when, how long, where, and what became of its video.
 */
import type { Event } from "../../daemon/wire/api.ts";
import { clockTime, duration } from "../look/format.ts";
import { words } from "../words.ts";
import { happeningsOf, kindWords } from "./what-of.ts";

const { events: say } = words;

/** The zone's name where the owner drew none: nothing worth saying. */
const everywhere = "everywhere";

/** What there is to say of one. */
export type Told = Omit<Event, "score" | "whatScores" | "said" | "pir">;

/** Length in words; empty while it goes on and for a press that lasted no time. */
export function lengthOf(event: Told): string {
  if (event.endWallMs === null) return "";
  const ms = event.endWallMs - event.startWallMs;
  return ms < 1_000 ? "" : duration(ms);
}

/** The small print of a row, in reading order. */
export function remarksOf(event: Told): string[] {
  const zones = event.zones.filter((zone) => zone !== everywhere);
  const remarks = [
    ...happeningsOf(event).map((kind) => words.what.happenings[kind]),
    event.ignored ? words.ignored.remark : "",
    event.corrected === null ? "" : words.what.corrected,
    lengthOf(event),
    zones.length > 0 ? say.zones(zones.join(", ")) : "",
    event.seer === null || event.seer === "picture" ? "" : say.seer[event.seer],
    event.woke ? say.woke : "",
    event.state === "interrupted" ? say.interrupted : "",
    event.clip === null && event.state !== "open" ? say.noVideo : "",
  ];
  return remarks.filter((remark) => remark !== "");
}

export function spokenOf(event: Told): string {
  const rest = event.state === "open" ? [say.now, ...remarksOf(event)] : remarksOf(event);
  const text = rest.length === 0 ? words.player.play : rest.join(", ");
  return say.openLabel(kindWords(event), clockTime(event.startWallMs), text);
}
