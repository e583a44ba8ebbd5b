/**
 * Past rig: a data folder with a past of many events, as the doorbell itself would have left it: journal and index
 * through the store's own writer, recordings as sealed folders that play.
 *
 * All recordings are the same few seconds, sealed once and linked: thousands take no room.
 */
import { mkdir } from "node:fs/promises";
import { Disk } from "../../daemon/keeper/store/disk.ts";
import type { Change } from "../../daemon/keeper/store/change.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";
import { idOf, pastEvents, type PastOptions } from "./past-events.ts";
import { PastRecording } from "./past-recording.ts";

export interface PastEvent {
  readonly id: string;
  readonly startWallMs: number;
  readonly clip: string | null;
}

const commitAtOnce = 500;

/** Before the doorbell starts on this folder. Newest first. */
export async function writePast(root: string, options: PastOptions): Promise<PastEvent[]> {
  const { untilWallMs, gaps = [] } = options;
  const paths = dataPaths(root);
  await mkdir(paths.root, { recursive: true });
  const events = pastEvents(options);
  await using stamp = await PastRecording.make();
  for (const event of events) if (event.clip !== null) await stamp.leave(paths, event, event.clip);
  const disk = new Disk(paths, untilWallMs);
  const changes: Change[] = [
    ...events.map((event) => ({ type: "event", event }) as const),
    ...gaps.map((gap, at) => ({ type: "gap", gap: { ...gap, id: idOf(gap.startWallMs, at) } }) as const),
  ];
  for (let at = 0; at < changes.length; at += commitAtOnce) disk.commit(changes.slice(at, at + commitAtOnce));
  disk.close();
  return events.map(({ id, startWallMs, clip }) => ({ id, startWallMs, clip }));
}
