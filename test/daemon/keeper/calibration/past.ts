/** A past for the keeper: a motion journal on its disk, and the events that a live eye would have told of it. */
import { appendBlock } from "../../../../daemon/sight/journal/append.ts";
import type { BlockWriter } from "../../../../daemon/sight/journal/block-writer.ts";
import { JournalFeed } from "../../../../daemon/sight/journal/feed.ts";
import { localMinuteOf } from "../../../../daemon/sight/local-time.ts";
import { cells, grid, liveEvents, type FilmRecord } from "../../calibration/film.ts";
import type { TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";

export const sensitivity = 50;

/** Answers the bytes it took. */
export async function writeJournal(
  folder: string,
  film: readonly FilmRecord[],
  session = "one",
): Promise<number> {
  const { width, height, cols, rows } = grid;
  const blocks: BlockWriter[] = [];
  const feed = new JournalFeed({
    session,
    grid: { width, height, cols, rows },
    fps: 10,
    settings: { sensitivity, zones: [] },
    view: undefined,
    visible: Uint16Array.from({ length: cells }, (_, k) => k),
    onBlock: (block) => blocks.push(block),
  });
  for (const record of film) {
    if (record.type === "frame")
      feed.frame({ ...record, minute: localMinuteOf(record.wallMs), analysed: true });
    else if (record.type === "press") feed.press(record.ptsUs);
    else if (record.type === "end") feed.end(record.ptsUs, record.reason);
  }
  feed.flush();
  let bytes = 0;
  for (const block of blocks) bytes += await appendBlock(folder, block, Infinity);
  return bytes;
}

/** Journal and events of a film, as if this doorbell had seen it; ids event-0000 and so on, oldest first. */
export async function remember(door: TestDoor, film: readonly FilmRecord[]): Promise<string[]> {
  await writeJournal(door.paths.motion, film);
  await using eye = await connectTestEye(door.paths);
  const ids = liveEvents(film, { sensitivity, zones: [] }).map(
    ({ startWallMs, endWallMs, score, zones }, i) => {
      const event = `event-${String(i).padStart(4, "0")}`;
      eye.send({ type: "event-opened", event, kind: "motion", startWallMs, score, zones: [...zones] });
      eye.send({ type: "event-closed", event, endWallMs, score, zones: [...zones] });
      return event;
    },
  );
  await until(async () => {
    const answers = await Promise.all(ids.map((id) => door.get(`/api/events/${id}`)));
    return answers.every(({ status }) => status === 200);
  });
  await door.keeper.settled();
  return ids;
}
