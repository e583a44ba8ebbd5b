/**
 * Journal writing: what motion said of a stretch of frames, played round and round into a journal of days.
 */
import { appendBlock } from "../../../daemon/sight/journal/append.ts";
import type { BlockWriter } from "../../../daemon/sight/journal/block-writer.ts";
import { JournalFeed, type FeedStart } from "../../../daemon/sight/journal/feed.ts";
import type { Light } from "../../../daemon/sight/zones.ts";

/** Levels of every frame of a stretch at 15 frames a second, one after the other. */
export interface Stretch extends Pick<FeedStart, "grid" | "visible"> {
  readonly name: string;
  readonly levels: Uint8Array;
  readonly lights: readonly Light[];
}

export const journalFps = 15;
export const firstDayMs = Date.UTC(2026, 0, 5);

/** Writes `frames` from `fromFrame` on of an endless round of the stretch; answers the bytes on the disk. */
export async function writeJournal(
  folder: string,
  stretch: Stretch,
  { fromFrame, frames }: { readonly fromFrame: number; readonly frames: number },
): Promise<number> {
  const blocks: BlockWriter[] = [];
  const { grid, visible } = stretch;
  const feed = new JournalFeed({
    session: `bench-${fromFrame}`,
    grid,
    fps: journalFps,
    settings: { sensitivity: 50, zones: [] },
    view: undefined,
    visible,
    onBlock: (block) => blocks.push(block),
  });
  const cells = grid.cols * grid.rows;
  let bytes = 0;
  const write = async (): Promise<void> => {
    for (const block of blocks.splice(0)) bytes += await appendBlock(folder, block, Number.POSITIVE_INFINITY);
  };
  for (let i = 0; i < frames; i += 1) {
    const at = (fromFrame + i) % stretch.lights.length;
    const sinceMs = ((fromFrame + i) * 1_000) / journalFps;
    const wallMs = firstDayMs + sinceMs;
    feed.frame({
      ptsUs: Math.round(sinceMs * 1_000),
      wallMs,
      light: stretch.lights[at] ?? "bright",
      minute: Math.floor(wallMs / 60_000) % 1_440,
      levels: stretch.levels.subarray(at * cells, (at + 1) * cells),
      analysed: true,
    });
    if (blocks.length > 0) await write();
  }
  feed.flush();
  await write();
  return bytes;
}
