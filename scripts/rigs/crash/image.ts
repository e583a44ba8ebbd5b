/**
 * Image: an ext4 in a file: made, copied, looked over, mounted on a loop device.
 *
 * What was mounted is never given on: a mount namespace of somebody else's may still hold it, so that a copy is.
 */
import { execFile } from "node:child_process";
import { mkdir, truncate, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const megabyte = 1024 * 1024;

export async function makeImage(image: string, megabytes: number): Promise<void> {
  await writeFile(image, "");
  await truncate(image, megabytes * megabyte);
  await run("mkfs.ext4", ["-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", image]);
}

export async function copyImage(from: string, to: string): Promise<void> {
  await run("cp", ["--sparse=always", from, to]);
}

/** Mounting replays the journal. */
export async function mountImage(image: string, path: string): Promise<void> {
  await run("mount", ["-t", "ext4", "-o", "loop,noatime,errors=remount-ro", image, path]);
}

/**
 * What e2fsck finds that a journal does not explain, as a boot would: replays, mends what is safe. Null = it is whole.
 * Changes the image.
 */
export async function fsckProblem(image: string): Promise<string | null> {
  try {
    await run("e2fsck", ["-f", "-p", image]);
    return null;
  } catch (error) {
    const { code, stdout = "" } = error as { code?: unknown; stdout?: string };
    return code === 1 ? null : `e2fsck ended with ${String(code)}: ${stdout.slice(-500)}`;
  }
}

export interface MountedImage extends AsyncDisposable {
  readonly path: string;
}

/** All that was written is in the image when it is disposed of. */
export async function mounted(image: string, path: string): Promise<MountedImage> {
  await mkdir(path, { recursive: true });
  await mountImage(image, path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await run("sync", ["-f", path]);
      await run("umount", [path]);
    },
  };
}
