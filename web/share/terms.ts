/**
 * Terms: how long a grant is good, and a note to the recipient. Pure.
 */
import { maxGrantDays } from "../../daemon/consent/parcel.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long it may be good, in hours; the shortest that is enough in most cases is the default. */
export const lifetimesHours = [1, 24, 72, 168, maxGrantDays * 24] as const;
export const defaultHours = 24;
export const maxNote = 2_000;

export interface Terms {
  readonly hours: number;
  readonly note: string;
}

export function endOf({ hours }: Pick<Terms, "hours">, nowMs: number): number {
  return Math.round(Math.min(nowMs + hours * hourMs, nowMs + maxGrantDays * dayMs));
}

/** As the letter takes it: line feeds are the only control characters. */
export function cleanNote(note: string): string {
  return note
    .replaceAll(/\r\n?/gu, "\n")
    .replaceAll("\t", " ")
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, "")
    .trim()
    .slice(0, maxNote);
}

/** The same for one line. */
export function cleanLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
