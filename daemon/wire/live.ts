/**
 * Live units: masked pictures on their way to a page, as binary frames.
 *
 * byte 0 kind (1 = init, 2 = starts with a keyframe, 3 = other), bytes 1..8 ptsUs big-endian,
 * bytes 9..16 wall time of the picture in ms (for the delay shown to testers), then the fMP4
 * bytes: an init segment or one moof+mdat holding one frame. The same bytes go eye -> keeper
 * (unix socket) and keeper -> page (`/api/live`).
 */
import { Fault } from "../../hal/fault.ts";

export const liveHeaderBytes = 17;
/** A unit larger than this is refused: one compressed 4K keyframe fits with room to spare. */
export const liveMaxBytes = 8 * 1024 * 1024;

export const liveKinds = { init: 1, key: 2, delta: 3 } as const;
export type LiveKind = keyof typeof liveKinds;

export interface LiveUnit {
  readonly kind: LiveKind;
  readonly ptsUs: number;
  readonly wallMs: number;
  readonly payload: Uint8Array;
}

export function encodeLive(unit: LiveUnit): Uint8Array {
  const bytes = new Uint8Array(liveHeaderBytes + unit.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, liveKinds[unit.kind]);
  view.setBigUint64(1, BigInt(Math.round(unit.ptsUs)));
  view.setBigUint64(9, BigInt(Math.round(unit.wallMs)));
  bytes.set(unit.payload, liveHeaderBytes);
  return bytes;
}

/** Throws Fault `invalid` for anything that is not a live unit; the payload is a view. */
export function decodeLive(bytes: Uint8Array): LiveUnit {
  if (bytes.length < liveHeaderBytes) {
    throw new Fault("invalid", `live unit of ${bytes.length} bytes is shorter than its header`);
  }
  if (bytes.length > liveMaxBytes) {
    throw new Fault("invalid", `live unit of ${bytes.length} bytes is larger than ${liveMaxBytes}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const code = view.getUint8(0);
  const kind = (["init", "key", "delta"] as const).find((name) => liveKinds[name] === code);
  if (kind === undefined) throw new Fault("invalid", `live unit of unknown kind ${code}`);
  return {
    kind,
    ptsUs: Number(view.getBigUint64(1)),
    wallMs: Number(view.getBigUint64(9)),
    payload: bytes.subarray(liveHeaderBytes),
  };
}
