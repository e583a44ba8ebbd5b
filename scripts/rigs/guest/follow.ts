/**
 * Follow: hands on what another kernel writes to the end of a file, while it writes.
 *
 * The guest's writes reach the file without an inotify event, so the file is looked at by a timer.
 */
import { closeSync, openSync, readSync } from "node:fs";

const everyMs = 50;

/** Returns its end, which hands on what is left. */
export function follow(path: string, onBytes: (bytes: Buffer) => void): () => void {
  const fd = openSync(path, "r");
  const buffer = Buffer.alloc(64 * 1024);
  const drain = (): void => {
    for (;;) {
      const length = readSync(fd, buffer);
      if (length === 0) return;
      onBytes(Buffer.from(buffer.subarray(0, length)));
    }
  };
  const timer = setInterval(drain, everyMs);
  return () => {
    clearInterval(timer);
    drain();
    closeSync(fd);
  };
}
