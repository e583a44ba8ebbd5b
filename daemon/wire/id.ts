/**
 * Ids of events and clips: sort by time, unique without asking anybody, fit for file names.
 *
 * 9 characters of wall time in base 36 (until the year 5188), a dash, 10 random ones (51 bits).
 */
import { randomInt } from "node:crypto";

export function newId(wallMs: number): string {
  const time = Math.max(0, Math.floor(wallMs)).toString(36).padStart(9, "0");
  const tail = Array.from({ length: 10 }, () => randomInt(36).toString(36)).join("");
  return `${time}-${tail}`;
}
