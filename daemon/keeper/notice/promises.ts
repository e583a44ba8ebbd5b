/**
 * Promises: what this doorbell does and does not do, in one language: what the owner signed open is said, not left out.
 */
import type { NoticeFacts } from "./facts.ts";
import type { NoticeWords } from "./words.ts";

export function promisesOf({ heard, given }: NoticeFacts, { promises }: NoticeWords): string[] {
  const { line, when, sound, soundHeard, faces, sealed, place, placeGiven } = promises;
  return [line, when, heard ? soundHeard : sound, faces, sealed, given ? placeGiven : place];
}
