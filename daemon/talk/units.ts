/**
 * Units: from live units (fMP4, one frame each) to what an RTP packetiser takes. Pure.
 *
 * A unit's `mdat` is the frame as length-prefixed NAL units. Before each keyframe go the parameter sets of the init
 * segment's `avcC`, so that a viewer can begin there.
 */
import { Fault } from "../../hal/fault.ts";

const boxHead = 8;
/** Boxes on the way to avcC, with the bytes of their own before their children. */
const path = [
  ["moov", 0],
  ["trak", 0],
  ["mdia", 0],
  ["minf", 0],
  ["stbl", 0],
  ["stsd", 8],
  ["avc1", 78],
] as const;

export interface ParameterSets {
  /** SPS and PPS, length-prefixed. */
  readonly bytes: Uint8Array;
  /** As SDP writes it, e.g. "42c01f". */
  readonly profileLevelId: string;
}

function childOf(bytes: Uint8Array, type: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + boxHead <= bytes.length;) {
    const size = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + boxHead));
    if (size < boxHead || at + size > bytes.length) break;
    if (name === type) return bytes.subarray(at + boxHead, at + size);
    at += size;
  }
  throw new Fault("invalid", `a live unit without ${type}`);
}

/** Throws Fault `invalid` for what is no init segment. */
export function parameterSets(init: Uint8Array): ParameterSets {
  let at = init;
  for (const [type, own] of path) at = childOf(at, type).subarray(own);
  const avcC = childOf(at, "avcC");
  const view = new DataView(avcC.buffer, avcC.byteOffset, avcC.byteLength);
  const sets: Uint8Array[] = [];
  let from = 5;
  for (const mask of [0x1f, 0xff]) {
    const count = (avcC[from] ?? 0) & mask;
    from += 1;
    for (let i = 0; i < count; i += 1) {
      const length = view.getUint16(from);
      sets.push(Uint8Array.of(0, 0, length >> 8, length & 255), avcC.subarray(from + 2, from + 2 + length));
      from += 2 + length;
    }
  }
  const profileLevelId = Buffer.from(avcC.subarray(1, 4)).toString("hex");
  return { bytes: Buffer.concat(sets), profileLevelId };
}

/** Throws Fault `invalid` for what is no fragment. */
export function pictureOf(fragment: Uint8Array): Uint8Array {
  return childOf(fragment, "mdat");
}
