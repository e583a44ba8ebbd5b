/**
 * Output of a replay: a folder per clip, as the doorbell would lay them down, in a folder that
 * holds no clips yet (else Fault `denied`).
 */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../../hal/clock.ts";
import type { JpegEncoder } from "../../../hal/encoder.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { ClipOutput } from "../build.ts";
import { DiskQueue } from "../record/disk-queue.ts";

/** How the names of a replay's clips begin. */
export const clipPrefix = "replay-";

const maxUnwrittenBytes = 256 * 1024 * 1024;

export async function replayClips(folder: string, jpeg: JpegEncoder | null): Promise<ClipOutput> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw toFault(error, `cannot make the output folder ${folder}`);
  });
  // Clips are numbered from 1 in every replay: two in one folder would mix their fragments.
  if ((await readdir(folder)).some((name) => name.startsWith(clipPrefix)))
    throw new Fault("denied", `output folder ${folder} already holds clips of a replay`, {
      hint: "choose another folder, or remove them first",
    });
  const queue = new DiskQueue({
    clock: systemClock,
    maxBytes: maxUnwrittenBytes,
    onFull: () => {},
    retry: false,
  });
  return { queue, viewers: () => [], jpeg, folderOf: (clip) => join(folder, clip), sendLive: null };
}

/** Resolves when every clip is on the disk; throws the Fault of a write that failed. */
export async function written(queue: DiskQueue): Promise<void> {
  await queue.idle();
  if (queue.lastError !== null) throw queue.lastError;
}
