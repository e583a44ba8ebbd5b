/**
 * SayRow: an event of the preview in words. Pure.
 */
import type { PreviewEvent } from "../../../daemon/wire/api-calibration.ts";
import { duration } from "../../look/format.ts";
import { words } from "../../words.ts";

const { calibrate: say } = words;

/** "Path · walked · 12 s · dark", without what goes without saying. */
export function remarksOf({ zones, cause, light, startWallMs, endWallMs }: PreviewEvent): string[] {
  const names = zones.filter((zone) => zone !== "everywhere");
  return [
    ...(names.length > 0 ? [names.join(", ")] : []),
    say.causes[cause].name,
    ...(endWallMs - startWallMs >= 1_000 ? [duration(endWallMs - startWallMs)] : []),
    ...(light === "bright" ? [] : [say.lights[light].toLowerCase()]),
  ];
}

/** How far the draft is from the other answer. */
export function leastWords({ leastSensitivity }: PreviewEvent): string {
  return say.firesFrom(leastSensitivity);
}

export function spokenRow(event: PreviewEvent, time: string): string {
  return [say.changes[event.change], time, ...remarksOf(event), leastWords(event)].join(", ");
}
