/**
 * V4L2: what does a video device say that it is, and which sizes does it offer? <linux/videodev2.h>
 *
 * Asking starts nothing: no picture, no light, no change of format. Blocking calls, microseconds each.
 */
import { closeSync, constants, openSync } from "node:fs";
import { getSystemErrorName } from "node:util";
import koffi from "koffi";
import type { FrameGeometry } from "../frame.ts";

export interface QueriedCaps {
  /** Kernel driver, e.g. "uvcvideo". */
  readonly driver: string;
  /** What this very node can do; see `capable`. */
  readonly caps: number;
}

/** V4L2_CAP_* bits that tell nodes apart. */
export const capable = {
  capture: 0x0000_0001,
  output: 0x0000_0002,
  captureMplane: 0x0000_1000,
  outputMplane: 0x0000_2000,
  memoryMplane: 0x0000_4000,
  memory: 0x0000_8000,
  metaCapture: 0x0080_0000,
  metaOutput: 0x0800_0000,
  mediaPipeline: 0x2000_0000,
  deviceCaps: 0x8000_0000,
} as const;

/** asm-generic/ioctl.h: direction (2 = read, 3 = both), size, type 'V', number. */
function request(direction: 2 | 3, number: number, sizeBytes: number): number {
  return ((direction << 30) | (sizeBytes << 16) | (0x56 << 8) | number) >>> 0;
}

/** struct v4l2_capability: driver[16], card[32], bus_info[32], version, capabilities, device_caps, reserved[3]. */
const capability = { sizeBytes: 104, driverBytes: 16, capabilities: 84, deviceCaps: 88 } as const;
/** struct v4l2_fmtdesc: index, type, flags, description[32], pixelformat, mbus_code, reserved[3]. */
const fmtdesc = { sizeBytes: 64, type: 4, pixelformat: 44 } as const;
/** struct v4l2_frmsizeenum: index, pixel_format, type, then a union of width, height or six numbers. */
const frmsize = { sizeBytes: 44, pixelformat: 4, type: 8, numbers: 12 } as const;

const requests = {
  querycap: request(2, 0, capability.sizeBytes),
  enumFormats: request(3, 2, fmtdesc.sizeBytes),
  enumSizes: request(3, 74, frmsize.sizeBytes),
} as const;

type Ioctl = (fd: number, request: number, bytes: Uint8Array) => number;
let loaded: Ioctl | undefined;

function ioctl(fd: number, number: number, bytes: Uint8Array): void {
  loaded ??= koffi
    .load(null)
    .func("int ioctl(int fd, unsigned long request, _Inout_ uint8_t *bytes)") as unknown as Ioctl;
  if (loaded(fd, number, bytes) >= 0) return;
  const code = getSystemErrorName(-koffi.errno());
  throw Object.assign(new Error(`${code}: ioctl failed`), { code });
}

function withDevice<T>(path: string, ask: (fd: number) => T): T {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    return ask(fd);
  } finally {
    closeSync(fd);
  }
}

/** Throws an errno error: EACCES, EBUSY, ENODEV or ENXIO (gone), ENOTTY (no video device). */
export function queryCaps(path: string): QueriedCaps {
  return withDevice(path, capsOf);
}

/** Nothing answers under this name any more: it was unplugged, or its driver gave it up. */
export function isGone(path: string): boolean {
  try {
    queryCaps(path);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && goneErrnos.has(String(error.code));
  }
}

export const goneErrnos: ReadonlySet<string> = new Set(["ENOENT", "ENODEV", "ENXIO"]);

function capsOf(fd: number): QueriedCaps {
  const bytes = new Uint8Array(capability.sizeBytes);
  ioctl(fd, requests.querycap, bytes);
  return decodeCaps(bytes);
}

/** Old drivers tell only what the whole device can do. */
export function decodeCaps(bytes: Uint8Array): QueriedCaps {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const all = view.getUint32(capability.capabilities, true);
  const own = (all & capable.deviceCaps) === 0 ? all : view.getUint32(capability.deviceCaps, true);
  const name = Buffer.from(bytes.subarray(0, capability.driverBytes)).toString("utf8");
  return { driver: name.replace(/\0.*$/s, ""), caps: own };
}

/** Sizes that a camera offers in any pixel format, smallest first; the ends of a range for one that scales. */
export function offeredSizes(path: string): FrameGeometry[] {
  const sizes = withDevice(path, (fd) => {
    const type = (capsOf(fd).caps & capable.captureMplane) === 0 ? 1 : 9;
    return formatsOf(fd, type).flatMap((format) => sizesOf(fd, format));
  });
  const unique = new Map(sizes.map((size) => [`${size.width}x${size.height}`, size]));
  return [...unique.values()].sort((a, b) => a.width * a.height - b.width * b.height);
}

/** More than this is a driver that never says "no more". */
const mostAnswers = 256;

interface Question {
  readonly request: number;
  readonly sizeBytes: number;
  /** Where the second number of the question goes, and which. */
  readonly about: readonly [at: number, value: number];
}

/** Asks with index 0, 1, 2 ... until there is no more. */
function* answers(fd: number, { request: number, sizeBytes, about }: Question): Generator<DataView> {
  for (let index = 0; index < mostAnswers; index += 1) {
    const view = new DataView(new ArrayBuffer(sizeBytes));
    view.setUint32(0, index, true);
    view.setUint32(...about, true);
    try {
      ioctl(fd, number, new Uint8Array(view.buffer));
    } catch {
      return; // EINVAL: no more
    }
    yield view;
  }
}

function formatsOf(fd: number, type: number): number[] {
  const { sizeBytes } = fmtdesc;
  const asked = answers(fd, { request: requests.enumFormats, sizeBytes, about: [fmtdesc.type, type] });
  return [...asked].map((view) => view.getUint32(fmtdesc.pixelformat, true));
}

function sizesOf(fd: number, format: number): FrameGeometry[] {
  const { sizeBytes } = frmsize;
  const asked = answers(fd, { request: requests.enumSizes, sizeBytes, about: [frmsize.pixelformat, format] });
  return [...asked].flatMap((view) => {
    const number = (index: number): number => view.getUint32(frmsize.numbers + 4 * index, true);
    const discrete = view.getUint32(frmsize.type, true) === 1;
    if (discrete) return [{ width: number(0), height: number(1) }];
    return [
      { width: number(0), height: number(3) },
      { width: number(1), height: number(4) },
    ];
  });
}
