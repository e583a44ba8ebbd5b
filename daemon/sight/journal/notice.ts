/**
 * Notice: a block that says of a time only why nothing is known of it.
 */
import { BlockWriter } from "./block-writer.ts";
import type { JournalGap } from "./records.ts";

/** `atWallMs`: the moment it is filed under; the gap's end, unless that is still to come. */
export function noticeOf(gap: JournalGap, atWallMs = gap.toWallMs): BlockWriter {
  const block = new BlockWriter({
    session: "notice",
    block: 0,
    grid: { width: 1, height: 1, cols: 1, rows: 1 },
    fps: 1,
    settings: { sensitivity: 0, zones: [] },
    visible: new Uint16Array(0),
    ptsUs: 0,
    stepUs: 0,
    light: "bright",
    minute: null,
    anchor: null,
  });
  block.gap(gap, atWallMs);
  return block;
}
