/**
 * Log lines: text to a descriptor in the background, whatever becomes of the descriptor.
 *
 * One write at a time; what does not fit meanwhile, and what cannot be written (full disk, reader
 * gone), is dropped. pino's own destination waits at the process's end until a write succeeds,
 * which on a full disk is never: the keeper then neither rings nor stops.
 */
import { write, writeSync } from "node:fs";

export interface LogLines {
  write(line: string): void;
  /** Last words, at the end of the process: tried once. */
  flush(): void;
}

export function logLines(fd: number, maxWaitingChars: number): LogLines {
  let waiting = "";
  let busy = false;

  const put = (bytes: Buffer): void =>
    write(fd, bytes, (error, written) => {
      if (error === null && written < bytes.length) return put(bytes.subarray(written));
      busy = false;
      next();
    });
  const next = (): void => {
    if (busy || waiting === "") return;
    busy = true;
    const bytes = Buffer.from(waiting);
    waiting = "";
    put(bytes);
  };
  return {
    write(line) {
      if (waiting.length + line.length > maxWaitingChars) return;
      waiting += line;
      next();
    },
    flush() {
      const last = waiting;
      waiting = "";
      try {
        if (last !== "") writeSync(fd, last);
      } catch {
        // nobody is left to be told
      }
    },
  };
}
