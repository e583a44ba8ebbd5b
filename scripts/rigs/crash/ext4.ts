/**
 * Ext4 disk: a small ext4 of its own on a loop device, whose power can be cut.
 *
 * `cut()` is FS_IOC_SHUTDOWN without flushing the journal: from then on every call fails with EIO, and what was not
 * fsynced never reaches the device, as when the plug is pulled. `mend()` mounts a copy of what was on the device then,
 * which replays the journal (a copy, because a mount namespace of somebody else's may still hold the dead one).
 * It shows what a missing fsync costs; a drive that lies about its cache it does not show (guest/ does).
 */
import { execFile } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { Fault, toFault } from "../../../hal/fault.ts";
import { copyImage, makeImage, mountImage } from "./image.ts";

const run = promisify(execFile);
/** _IOR('X', 125, __u32) and its EXT4_GOING_FLAGS_NOLOGFLUSH. */
const shutdownRequest = 0x8004587d;
const withoutFlush = 2;

export interface Ext4Disk extends AsyncDisposable {
  readonly path: string;
  cut(): void;
  /** Nobody may have a file of it open. Throws Fault when it cannot be mounted any more. */
  mend(): Promise<void>;
  /** What ext4 does when its card answers with nonsense: it goes read-only. `mend()` makes it writable again. */
  turnReadOnly(): Promise<void>;
}

/** Throws Fault `unavailable` with the reason where this machine cannot do it. */
export async function ext4Disk(megabytes: number): Promise<Ext4Disk> {
  const folder = await mkdtemp(join(tmpdir(), "sill-ext4-"));
  const path = join(folder, "disk");
  let image = join(folder, "disk-0.img");
  let mended = 0;
  try {
    await mkdir(path);
    await makeImage(image, megabytes);
    await mountImage(image, path);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Fault(
      "unavailable",
      `no ext4 on a loop device here: ${toFault(error).message.split("\n")[0]}`,
      {
        hint: "it needs root, /dev/loop* and mkfs.ext4",
      },
    );
  }
  const { default: koffi } = await import("koffi");
  const ioctl = koffi.load(null).func("int ioctl(int fd, unsigned long request, _Inout_ uint32_t *flags)");
  return {
    path,
    cut() {
      const root = openSync(path, "r");
      try {
        if (ioctl(root, shutdownRequest, [withoutFlush]) !== 0)
          throw new Fault("unavailable", `FS_IOC_SHUTDOWN failed (errno ${koffi.errno()})`);
      } finally {
        closeSync(root);
      }
    },
    async mend() {
      await run("umount", [path]);
      mended += 1;
      const found = join(folder, `disk-${mended}.img`);
      await copyImage(image, found);
      await rm(image);
      image = found;
      await mountImage(image, path);
    },
    async turnReadOnly() {
      const { stdout } = await run("findmnt", ["-n", "-o", "SOURCE", path]);
      await writeFile(`/sys/fs/ext4/${basename(stdout.trim())}/trigger_fs_error`, "1");
    },
    async [Symbol.asyncDispose]() {
      await run("umount", ["-l", path]).catch(() => {}); // a cut one may be gone already
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Null = it works here; else why not, in a sentence. */
export async function ext4Problem(): Promise<string | null> {
  try {
    await using disk = await ext4Disk(4);
    disk.cut();
    return null;
  } catch (error) {
    return toFault(error).message;
  }
}
