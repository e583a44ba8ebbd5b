/**
 * Boxes: the two things that RTP needs of our own fMP4, found by walking its boxes.
 *
 * The configuration (avcC) of an init segment, and the sample of a fragment with one frame. The bytes come from the
 * eye through the keeper; still, every length is checked before it is used.
 */
import { Fault } from "../../../hal/fault.ts";

/** Bytes of a visual sample entry before its own boxes (ISO/IEC 14496-12, 12.1.3). */
const sampleEntryBytes = 78;
const versionBytes = 4;

/** Payload of the first box of this type; null = none. */
function boxIn(bytes: Uint8Array, type: string): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > bytes.length) throw new Fault("invalid", `box of ${size} bytes at ${at}`);
    if (Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1") === type)
      return bytes.subarray(at + 8, at + size);
    at += size;
  }
  return null;
}

function need(bytes: Uint8Array, type: string): Uint8Array {
  const found = boxIn(bytes, type);
  if (found === null) throw new Fault("invalid", `no ${type} box`);
  return found;
}

/** AVCDecoderConfigurationRecord of an init segment. */
export function avcCOf(init: Uint8Array): Uint8Array {
  let at = need(init, "moov");
  for (const type of ["trak", "mdia", "minf", "stbl"]) at = need(at, type);
  const entries = need(at, "stsd").subarray(versionBytes + 4);
  return need(need(entries, "avc1").subarray(sampleEntryBytes), "avcC");
}

/** The encoded frame of a fragment that holds one. */
export function sampleOf(fragment: Uint8Array): Uint8Array {
  return need(fragment, "mdat");
}
