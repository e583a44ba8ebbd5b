/**
 * Clip summary: of which recordings a grant takes how much, as it is shown after they are gone.
 */
import type { Grant } from "../../consent/grant.ts";
import type { Kept } from "./kept.ts";
import type { Recordings } from "./recordings.ts";

/** A fragment that the manifest does not list (yet) counts as long as one may be. */
const longestFragmentMs = 2_000;

export async function clipsOf({ items }: Grant, recordings: Recordings): Promise<Kept["clips"]> {
  const chosen = new Map<string, number[]>();
  for (const item of items) {
    if (item.part === "fragment") chosen.set(item.clip, [...(chosen.get(item.clip) ?? []), item.index]);
  }
  return Promise.all([...chosen].map(([clip, indexes]) => summaryOf(clip, indexes, recordings)));
}

async function summaryOf(
  clip: string,
  indexes: readonly number[],
  recordings: Recordings,
): Promise<Kept["clips"][number]> {
  const manifest = await recordings.manifest(clip);
  const durations = new Map(manifest?.fragments.map(({ index, durationMs }) => [index, durationMs]));
  const durationMs = indexes.reduce((sum, index) => sum + (durations.get(index) ?? longestFragmentMs), 0);
  return { clip, fragments: indexes.length, startWallMs: manifest?.startWallMs ?? null, durationMs };
}
