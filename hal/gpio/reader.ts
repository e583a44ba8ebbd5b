/**
 * Reader: line events out of a descriptor, as the kernel writes them.
 *
 * Takes any readable descriptor (a GPIO line, in tests a pipe) and owns it: it is closed once, by
 * `close` or by the loss. Wakes only when the kernel has something; reads until there is no more,
 * with an upper bound per wake so that a line gone wild cannot starve the process.
 * Gaps in the sequence numbers (the kernel's queue overran) are counted in `missed`.
 * End of file, a failed descriptor and a broken event are a loss: `onLost` once, then silence.
 */
import { Fault, toFault } from "../fault.ts";
import type { GpioKernel } from "./kernel.ts";
import { type LineEvent, decodeLineEvent, sizes } from "./uapi.ts";

const eventsPerRead = 64;
const readsPerWake = 16;

export interface ReaderOptions {
  readonly fd: number;
  readonly kernel: GpioKernel;
  onEvents(events: readonly LineEvent[]): void;
  onLost(fault: Fault): void;
}

export interface EventReader {
  readonly counters: { readonly edges: number; readonly missed: number };
  readonly open: boolean;
  /** Reads what is there right now. */
  drain(): void;
  /** Somebody else found out that the line is gone. */
  lose(fault: Fault): void;
  close(): void;
}

/** Events between two sequence numbers, modulo 2^32. */
export function gap(lastSeqno: number, nextSeqno: number): number {
  return (nextSeqno - lastSeqno - 1) >>> 0;
}

export function readEvents(options: ReaderOptions): EventReader {
  const { fd, kernel } = options;
  const buffer = new Uint8Array(eventsPerRead * sizes.lineEvent);
  const counters = { edges: 0, missed: 0 };
  let lastSeqno = 0;
  let open = true;

  const close = (): void => {
    if (!open) return;
    open = false;
    unwatch();
    kernel.close(fd);
  };
  const lose = (fault: Fault): void => {
    if (!open) return;
    close();
    options.onLost(fault);
  };
  const decode = (length: number): LineEvent[] => {
    const events: LineEvent[] = [];
    for (let at = 0; at < length; at += sizes.lineEvent) {
      const event = decodeLineEvent(buffer, at);
      counters.edges += 1;
      counters.missed += gap(lastSeqno, event.lineSeqno);
      lastSeqno = event.lineSeqno;
      events.push(event);
    }
    return events;
  };
  /** True when there may be more. */
  const readOnce = (): boolean => {
    const length = readSome(kernel, fd, buffer);
    if (length === null) return false;
    if (length instanceof Fault) return (lose(length), false);
    options.onEvents(decode(length));
    return open && length === buffer.length; // a handler may have closed us
  };
  const drain = (): void => {
    if (!open) return;
    for (let round = 0; round < readsPerWake; round++) if (!readOnce()) return;
  };
  const unwatch = kernel.watch(fd, (failed) => {
    drain();
    if (failed) lose(takenAway());
  });
  return {
    counters,
    get open() {
      return open;
    },
    drain,
    lose,
    close,
  };
}

function takenAway(): Fault {
  return new Fault("unavailable", "the GPIO line was taken away");
}

/** Whole events' bytes, null when there is nothing now, or why nothing will come any more. */
function readSome(kernel: GpioKernel, fd: number, buffer: Uint8Array): number | Fault | null {
  try {
    const length = kernel.read(fd, buffer);
    if (length === 0) return takenAway();
    if (length % sizes.lineEvent === 0) return length;
    return new Fault("corrupt", `the GPIO line gave ${length} bytes, not whole events of ${sizes.lineEvent}`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAGAIN" || code === "EINTR") return null;
    return toFault(error, "the GPIO line was lost");
  }
}
