/**
 * Output of a replay: a folder per clip, as the doorbell would lay them down, in a folder that
 * holds no clips yet (else Fault `denied`).
 *
 * The eye has no way to write a plain picture, so a replay seals too: to whom it is told, else to
 * a new key of its own that it leaves beside the clips (`identity.txt`).
 */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../../hal/clock.ts";
import type { JpegEncoder } from "../../../hal/encoder.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import { generateIdentity, recipientOf, type Recipient } from "../../seal/age/keys.ts";
import { writeIdentityFile } from "../../seal/identity-file.ts";
import type { ClipOutput } from "../build.ts";
import { DiskQueue } from "../record/disk-queue.ts";

/** How the names of a replay's clips begin. */
export const clipPrefix = "replay-";

/** Opens the clips of a replay that was not told whom to seal them to. */
export const identityFile = "identity.txt";

const maxUnwrittenBytes = 256 * 1024 * 1024;

export interface ReplayOutput {
  readonly folder: string;
  /** Null: to a key that is made for it. */
  readonly sealTo: Recipient | null;
  readonly jpeg: JpegEncoder | null;
}

export async function replayClips({ folder, sealTo, jpeg }: ReplayOutput): Promise<ClipOutput> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw toFault(error, `cannot make the output folder ${folder}`);
  });
  // Clips are numbered from 1 in every replay: two in one folder would mix their fragments.
  if ((await readdir(folder)).some((name) => name.startsWith(clipPrefix)))
    throw new Fault("denied", `output folder ${folder} already holds clips of a replay`, {
      hint: "choose another folder, or remove them first",
    });
  const viewers = [sealTo ?? (await keyBeside(folder))];
  const queue = new DiskQueue({
    clock: systemClock,
    maxBytes: maxUnwrittenBytes,
    onFull: () => {},
    retry: false,
  });
  return { queue, viewers: () => viewers, jpeg, folderOf: (clip) => join(folder, clip), sendLive: null };
}

async function keyBeside(folder: string): Promise<Recipient> {
  const identity = generateIdentity();
  await writeIdentityFile(join(folder, identityFile), identity);
  return recipientOf(identity);
}

/** Resolves when every clip is on the disk; throws the Fault of a write that failed. */
export async function written(queue: DiskQueue): Promise<void> {
  await queue.idle();
  if (queue.lastError !== null) throw queue.lastError;
}
