/**
 * Trace file: a new file, mode 0600, that grows a piece at a time and is durable at its end.
 *
 * Small moments are gathered for a moment; what waits is bounded. A write that fails (disk full) is a
 * Fault at the next append or at the end, and what was written before stays a trace that was cut.
 */
import { closeSync, fsyncSync, writeSync } from "node:fs";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { openNew } from "../new-file.ts";

const gatheredBytes = 64 * 1024;
const gatherMs = 250;

export interface TraceFile {
  append(bytes: Uint8Array): void;
  close(): void;
}

export function newTraceFile(path: string, clock: Clock, onFault: (fault: Fault) => void): TraceFile {
  const file = openNew(path);
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let failed = false;
  const flush = (): void => {
    const batch = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    if (failed || batch.length === 0) return;
    try {
      for (let done = 0; done < batch.length;) done += writeSync(file, batch, done);
    } catch (error) {
      failed = true;
      const fault = toFault(error, `cannot write ${path}`);
      onFault(
        new Fault(fault.kind, fault.message, {
          hint: "what was written before can be replayed",
          cause: error,
        }),
      );
    }
  };
  const cancel = clock.every(gatherMs, flush);
  return {
    append(piece) {
      waiting.push(piece);
      bytes += piece.length;
      if (bytes > gatheredBytes) flush();
    },
    close() {
      cancel();
      flush();
      if (!failed) fsyncSync(file);
      closeSync(file);
    },
  };
}
