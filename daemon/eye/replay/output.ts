/**
 * Output of a replay: a folder per clip, as the doorbell would lay them down.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../../hal/clock.ts";
import type { JpegEncoder } from "../../../hal/encoder.ts";
import { toFault } from "../../../hal/fault.ts";
import type { ClipOutput } from "../build.ts";
import { DiskQueue } from "../record/disk-queue.ts";

const maxUnwrittenBytes = 256 * 1024 * 1024;

export async function replayClips(folder: string, jpeg: JpegEncoder | null): Promise<ClipOutput> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw toFault(error, `cannot make the output folder ${folder}`);
  });
  const queue = new DiskQueue({
    clock: systemClock,
    maxBytes: maxUnwrittenBytes,
    onFull: () => {},
    retry: false,
  });
  return { queue, jpeg, folderOf: (clip) => join(folder, clip), sendLive: null };
}

/** Resolves when every clip is on the disk; throws the Fault of a write that failed. */
export async function written(queue: DiskQueue): Promise<void> {
  await queue.idle();
  if (queue.lastError !== null) throw queue.lastError;
}
