/**
 * uAPI: the structs and ioctl numbers of <linux/gpio.h>, version 2 (Linux 5.10 and later).
 *
 * Pure functions between plain objects and bytes, so that the layout is tested without a chip.
 * Little-endian, as every machine Sill runs on (x86-64, arm64). Reserved bytes stay zero: the
 * kernel refuses a request in which they are not.
 */

const nameBytes = 32;
const linesMax = 64;
const attrsMax = 10;
/** struct gpio_v2_line_config_attribute: attribute (16) and the mask of lines it is for (8). */
const configAttrBytes = 24;
const configBytes = 8 + 4 + 5 * 4 + attrsMax * configAttrBytes;

export const sizes = {
  chipInfo: 2 * nameBytes + 4,
  lineInfo: 2 * nameBytes + 4 + 4 + 8 + attrsMax * 16 + 4 * 4,
  lineConfig: configBytes,
  lineRequest: linesMax * 4 + nameBytes + configBytes + 4 + 4 + 5 * 4 + 4,
  lineEvent: 8 + 4 * 4 + 6 * 4,
  lineValues: 16,
} as const;

/** Byte offsets inside struct gpio_v2_line_request. */
const request = {
  consumer: linesMax * 4,
  flags: linesMax * 4 + nameBytes,
  numAttrs: linesMax * 4 + nameBytes + 8,
  attrs: linesMax * 4 + nameBytes + 32,
  numLines: linesMax * 4 + nameBytes + configBytes,
  eventBufferSize: linesMax * 4 + nameBytes + configBytes + 4,
  fd: sizes.lineRequest - 4,
} as const;

/** asm-generic/ioctl.h: direction (1 = write, 2 = read), size, type, number. */
function ioctlNumber(direction: 2 | 3, number: number, size: number): number {
  return ((direction << 30) | (size << 16) | (0xb4 << 8) | number) >>> 0;
}

export const ioctls = {
  getChipInfo: ioctlNumber(2, 0x01, sizes.chipInfo),
  getLineInfo: ioctlNumber(3, 0x05, sizes.lineInfo),
  getLine: ioctlNumber(3, 0x07, sizes.lineRequest),
  setConfig: ioctlNumber(3, 0x0d, sizes.lineConfig),
  getValues: ioctlNumber(3, 0x0e, sizes.lineValues),
  setValues: ioctlNumber(3, 0x0f, sizes.lineValues),
} as const;

export const lineFlags = {
  used: 1n << 0n,
  activeLow: 1n << 1n,
  input: 1n << 2n,
  output: 1n << 3n,
  edgeRising: 1n << 4n,
  edgeFalling: 1n << 5n,
  biasPullUp: 1n << 8n,
  biasPullDown: 1n << 9n,
} as const;

/** Edges the kernel keeps for us while the process is busy; its default is 16. */
const eventsBuffered = 256;
const attrIds = { outputValues: 2, debounce: 3 } as const;
const risingEdge = 1;

export interface ChipInfo {
  /** Kernel name, e.g. "gpiochip0"; may change from boot to boot. */
  readonly name: string;
  /** What the chip is, e.g. "pinctrl-rp1"; this is what settings name. */
  readonly label: string;
  readonly lines: number;
}

export interface LineInfo {
  readonly offset: number;
  readonly name: string;
  /** Who holds the line, "" when nobody does or the holder gave no name. */
  readonly consumer: string;
  readonly used: boolean;
  readonly output: boolean;
}

export interface LineRequest {
  readonly offset: number;
  readonly consumer: string;
  readonly flags: bigint;
  /** Kernel debounce; 0 leaves the attribute out. */
  readonly debounceUs: number;
  /** Level of an output from the moment it is taken; absent for inputs. */
  readonly initiallyActive?: boolean;
}

export interface LineEvent {
  /** CLOCK_MONOTONIC. */
  readonly timestampNs: bigint;
  /** Rising in the logical sense: inactive to active, active-low included. */
  readonly active: boolean;
  /** 1, 2, 3 ... per line, modulo 2^32; a gap means that the kernel's queue overran. */
  readonly lineSeqno: number;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readName(bytes: Uint8Array, at: number): string {
  const field = bytes.subarray(at, at + nameBytes);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

export function decodeChipInfo(bytes: Uint8Array): ChipInfo {
  return {
    name: readName(bytes, 0),
    label: readName(bytes, nameBytes),
    lines: viewOf(bytes).getUint32(2 * nameBytes, true),
  };
}

/** The question for getLineInfo: only the offset is filled in. */
export function encodeLineInfoQuery(offset: number): Uint8Array {
  const bytes = new Uint8Array(sizes.lineInfo);
  viewOf(bytes).setUint32(2 * nameBytes, offset, true);
  return bytes;
}

export function decodeLineInfo(bytes: Uint8Array): LineInfo {
  const view = viewOf(bytes);
  const flags = view.getBigUint64(2 * nameBytes + 8, true);
  return {
    offset: view.getUint32(2 * nameBytes, true),
    name: readName(bytes, 0),
    consumer: readName(bytes, nameBytes),
    used: (flags & lineFlags.used) !== 0n,
    output: (flags & lineFlags.output) !== 0n,
  };
}

/** One line per request, so bit 0 is the line in every mask. */
export function encodeLineRequest(wanted: LineRequest): Uint8Array {
  const bytes = new Uint8Array(sizes.lineRequest);
  const view = viewOf(bytes);
  view.setUint32(0, wanted.offset, true);
  // The last byte stays zero: the kernel wants a terminated string.
  new TextEncoder().encodeInto(wanted.consumer, bytes.subarray(request.consumer, request.flags - 1));
  view.setBigUint64(request.flags, wanted.flags, true);
  view.setUint32(request.numLines, 1, true);
  view.setUint32(request.eventBufferSize, eventsBuffered, true);

  let attrs = 0;
  const addAttr = (id: number, value: bigint): void => {
    const at = request.attrs + attrs * configAttrBytes;
    view.setUint32(at, id, true);
    view.setBigUint64(at + 8, value, true);
    view.setBigUint64(at + 16, 1n, true);
    attrs += 1;
  };
  if (wanted.debounceUs > 0) addAttr(attrIds.debounce, BigInt(Math.round(wanted.debounceUs)));
  if (wanted.initiallyActive !== undefined) addAttr(attrIds.outputValues, wanted.initiallyActive ? 1n : 0n);
  view.setUint32(request.numAttrs, attrs, true);
  return bytes;
}

/** For setConfig: what a line that is taken already shall be from now on. */
export function encodeLineConfig(wanted: LineRequest): Uint8Array {
  return encodeLineRequest(wanted).slice(request.flags, request.flags + configBytes);
}

/** The descriptor that the kernel wrote into the request. */
export function decodeLineFd(bytes: Uint8Array): number {
  return viewOf(bytes).getInt32(request.fd, true);
}

/** For getValues (asks for the line) and setValues (sets it). */
export function encodeLineValue(active: boolean): Uint8Array {
  const bytes = new Uint8Array(sizes.lineValues);
  viewOf(bytes).setBigUint64(0, active ? 1n : 0n, true);
  viewOf(bytes).setBigUint64(8, 1n, true);
  return bytes;
}

export function decodeLineValue(bytes: Uint8Array): boolean {
  return (viewOf(bytes).getBigUint64(0, true) & 1n) === 1n;
}

/** The event that starts at byte `at`. */
export function decodeLineEvent(bytes: Uint8Array, at: number): LineEvent {
  const view = viewOf(bytes);
  return {
    timestampNs: view.getBigUint64(at, true),
    active: view.getUint32(at + 8, true) === risingEdge,
    lineSeqno: view.getUint32(at + 20, true),
  };
}
