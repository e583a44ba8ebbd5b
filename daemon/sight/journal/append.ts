/**
 * Append: the one door through which the motion journal reaches the disk.
 *
 * It takes a BlockWriter, which can hold levels of cells and nothing finer, and makes the bytes itself: there is
 * no way to hand it a picture. What it writes is durable when it resolves; what a full disk or a power cut leaves
 * of a block is passed over by the reader (envelope.ts).
 */
import { diskFiles } from "../../files/disk.ts";
import { readableFile, sweptFolder } from "../../files/modes.ts";
import { dayOf } from "../../wire/paths.ts";
import type { BlockWriter } from "./block-writer.ts";
import { dayFileOf } from "./day-files.ts";
import { enclose } from "./envelope.ts";
import { pack } from "./pack.ts";

/** The bytes of a block as they lie in a file. */
export async function bytesOf(block: BlockWriter): Promise<Uint8Array> {
  const { streams, ...about } = block.finish();
  return enclose(about, await pack(streams));
}

/**
 * To the file of the UTC day in which the block ends, which may grow to `mostBytes`. Answers the bytes
 * written, 0 = the day is full. Throws Fault `exhausted` when the disk is full.
 */
export async function appendBlock(folder: string, block: BlockWriter, mostBytes: number): Promise<number> {
  const files = diskFiles(folder, { file: readableFile, folder: sweptFolder });
  const name = dayFileOf(dayOf(block.toWallMs));
  const bytes = await bytesOf(block);
  const before = (await files.size(name)) ?? 0;
  if (before + bytes.length > mostBytes) return 0;
  try {
    await files.append(name, bytes);
  } catch (error) {
    if (before > 0) await files.truncate(name, before).catch(() => {}); // the reader passes it over
    throw error;
  }
  return bytes.length;
}
