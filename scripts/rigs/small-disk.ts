/** A disk that is easily full: a tmpfs of a few megabytes, where root allows. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Leaves no byte free. */
  fill(): void;
  empty(): void;
}

export async function smallDisk(megabytes: number): Promise<SmallDisk | null> {
  const path = mkdtempSync(join(tmpdir(), "sill-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path], {
      stdio: "pipe",
    });
  } catch {
    rmSync(path, { recursive: true, force: true });
    return null;
  }
  const ballast = join(path, "ballast");
  return {
    path,
    fill() {
      const file = openSync(ballast, "a");
      try {
        for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
          try {
            for (;;) writeSync(file, Buffer.alloc(size));
          } catch {
            // no room for as much: try less
          }
        }
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    async [Symbol.asyncDispose]() {
      execFileSync("umount", [path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
