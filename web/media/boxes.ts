/**
 * Boxes: which codec does an fMP4 init segment announce, and how large is its picture?
 *
 * Walks moov/trak/mdia/minf/stbl/stsd to the first avc1 or avc3 entry and reads its avcC box
 * (ISO/IEC 14496-12 and -15). Answers null for anything that is not such a segment; never throws,
 * never reads outside the bytes it was given.
 */
export interface TrackInfo {
  /** RFC 6381, e.g. "avc1.42c01f". */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
}

interface Box {
  readonly type: string;
  readonly body: Uint8Array;
}

const headerBytes = 8;
/** Version, flags and entry count in front of the sample entries. */
const stsdHeaderBytes = 8;
/** The fixed part of a VisualSampleEntry; its boxes follow. */
const visualEntryBytes = 78;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The boxes that lie side by side in these bytes; stops at the first that does not fit. */
function* boxesIn(bytes: Uint8Array): Generator<Box> {
  const view = viewOf(bytes);
  let at = 0;
  while (at + headerBytes <= bytes.length) {
    const declared = view.getUint32(at);
    const size = declared === 0 ? bytes.length - at : declared;
    if (size < headerBytes || at + size > bytes.length) return;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + headerBytes));
    yield { type, body: bytes.subarray(at + headerBytes, at + size) };
    at += size;
  }
}

function find(bytes: Uint8Array, path: readonly string[]): Uint8Array | null {
  const [type, ...rest] = path;
  if (type === undefined) return bytes;
  for (const box of boxesIn(bytes)) {
    if (box.type !== type) continue;
    const inner = find(box.body, rest);
    if (inner !== null) return inner;
  }
  return null;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

export function readTrack(init: Uint8Array): TrackInfo | null {
  const stsd = find(init, ["moov", "trak", "mdia", "minf", "stbl", "stsd"]);
  if (stsd === null) return null;
  for (const entry of boxesIn(stsd.subarray(stsdHeaderBytes))) {
    if (entry.type !== "avc1" && entry.type !== "avc3") continue;
    if (entry.body.length < visualEntryBytes) return null;
    const avcC = find(entry.body.subarray(visualEntryBytes), ["avcC"]);
    if (avcC === null) return null;
    const [version, profile, compatibility, level] = avcC;
    if (version !== 1 || profile === undefined || compatibility === undefined || level === undefined)
      return null;
    const view = viewOf(entry.body);
    return {
      codec: `${entry.type}.${hex(profile)}${hex(compatibility)}${hex(level)}`,
      width: view.getUint16(24),
      height: view.getUint16(26),
    };
  }
  return null;
}
