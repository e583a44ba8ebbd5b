/**
 * Kernel: the few system calls that GPIO needs, behind an interface.
 *
 * The only file that calls koffi here, and it loads it when the first line is opened: a doorbell
 * without GPIO never pays for it. Bytes go in and out as they are; uapi.ts knows what they mean.
 * Methods throw errno errors (`code: "EBUSY"`); chip.ts and reader.ts turn them into Faults.
 *
 * koffi.node.poll watches a descriptor with the process's own event loop (libuv, epoll): there is
 * no polling timer and no thread. A watched descriptor becomes non-blocking.
 */
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { getSystemErrorName } from "node:util";

export interface GpioKernel {
  /** Paths of the chips' character devices, in order of their numbers. */
  chips(): string[];
  open(path: string): number;
  /** `bytes` go in and come back changed. */
  ioctl(fd: number, request: number, bytes: Uint8Array): void;
  /** How many bytes were read: 0 at the end; throws EAGAIN when there is nothing yet. */
  read(fd: number, into: Uint8Array): number;
  close(fd: number): void;
  /**
   * Calls back while there is something to read, and once with `failed` when the descriptor broke
   * (it is not watched any more then); returns its end.
   */
  watch(fd: number, onReady: (failed: boolean) => void): () => void;
  /** CLOCK_MONOTONIC, the clock of the event time stamps. */
  nowNs(): bigint;
}

function chipPaths(): string[] {
  // Symbolic links are skipped: Raspberry Pi OS links gpiochip4 to gpiochip0 for old programs.
  return readdirSync("/dev", { withFileTypes: true })
    .filter((entry) => entry.isCharacterDevice() && /^gpiochip\d+$/.test(entry.name))
    .map((entry) => Number(entry.name.slice("gpiochip".length)))
    .sort((a, b) => a - b)
    .map((number) => `/dev/gpiochip${number}`);
}

function errnoError(call: string, errno: number): Error {
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`${code}: ${call} failed`), { code, errno: -errno });
}

async function loadKernel(): Promise<GpioKernel> {
  const { default: koffi } = await import("koffi");
  const libc = koffi.load(null);
  const ioctl = libc.func("int ioctl(int fd, unsigned long request, _Inout_ uint8_t *bytes)");
  return {
    chips: chipPaths,
    open: (path) => openSync(path, "r+"),
    ioctl(fd, request, bytes) {
      if (ioctl(fd, request, bytes) < 0) throw errnoError("ioctl", koffi.errno());
    },
    read: (fd, into) => readSync(fd, into),
    close: (fd) => closeSync(fd),
    watch(fd, onReady) {
      // koffi's types leave out the first argument: libuv's status, negative when the poll failed.
      const onPoll = (...[status]: unknown[]): void => onReady(typeof status === "number" && status < 0);
      const handle = koffi.node.poll(fd, { readable: true, disconnect: true }, onPoll);
      return () => handle.close();
    },
    nowNs: () => process.hrtime.bigint(),
  };
}

let loaded: Promise<GpioKernel> | undefined;

export function linuxKernel(): Promise<GpioKernel> {
  loaded ??= loadKernel();
  return loaded;
}
