/**
 * Silence words: who is kept silent, until when, and by whom, in one line. Pure.
 */
import { nearMoment } from "../look/format.ts";
import { words } from "../words.ts";
import type { Silence } from "./silence.ts";

export function silenceWords(who: string, silence: Silence, nowMs: number): string {
  const { silence: say } = words.alerts;
  const until = silence.untilWallMs === null ? null : nearMoment(silence.untilWallMs, nowMs);
  const parts =
    silence.by === "snooze" ? [say.snoozed(who, until), say.by(silence.who)] : [say.quiet(who, until)];
  return [...parts, ...(silence.ring ? [say.ring] : [])].join(", ");
}
