/**
 * Read: the slow pass over the motion journal, once per set of areas and span.
 *
 * It begins somewhat earlier than asked, so that an event that was going on is known to be.
 */
import { readJournal, type ReadOptions } from "../sight/journal/reader.ts";
import { TracksBuilder, type TracksOptions } from "./tracks-builder.ts";
import type { Tracks } from "./tracks.ts";

/** Throws what reading throws (a file that cannot be read, the signal's reason). */
export async function readTracks(
  folder: string,
  options: TracksOptions,
  reading: ReadOptions = {},
): Promise<Tracks> {
  const { postRollUs, cooldownUs, maxClipUs } = options.timing;
  const { fromWallMs, toWallMs } = options.span;
  const leadMs = Math.ceil((postRollUs + cooldownUs + maxClipUs) / 1_000);
  const builder = new TracksBuilder(options);
  await readJournal(
    folder,
    { fromWallMs: Math.max(0, fromWallMs - leadMs), toWallMs: toWallMs + 1 },
    builder,
    reading,
  );
  return builder.done();
}
