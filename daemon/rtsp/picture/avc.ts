/**
 * AVC: a frame as the NAL units that RTP carries, and what a player must know before the first.
 */
import { Fault } from "../../../hal/fault.ts";

export interface AvcConfig {
  readonly sps: Uint8Array;
  readonly pps: Uint8Array;
  /** profile, constraints, level: "42c01f". */
  readonly profileLevelId: string;
}

/** One frame. `nals` without start codes or lengths; a keyframe begins with SPS and PPS. */
export interface AccessUnit {
  readonly keyframe: boolean;
  readonly ptsUs: number;
  readonly wallMs: number;
  readonly nals: readonly Uint8Array[];
}

const nalTypes = { sps: 7, pps: 8 } as const;
const lengthBytes = 4;

/** ISO/IEC 14496-15, 5.3.3.1. Throws Fault `invalid`. */
export function configOf(avcC: Uint8Array): AvcConfig {
  const parameterSet = (at: number): Uint8Array => {
    const length = ((avcC[at] ?? 0) << 8) | (avcC[at + 1] ?? 0);
    const bytes = avcC.subarray(at + 2, at + 2 + length);
    if (length === 0 || bytes.length !== length) throw new Fault("invalid", "AVC configuration is cut off");
    return bytes;
  };
  if (avcC[0] !== 1 || ((avcC[4] ?? 0) & 3) !== lengthBytes - 1 || ((avcC[5] ?? 0) & 31) !== 1)
    throw new Fault("invalid", "AVC configuration of another kind");
  const sps = parameterSet(6);
  const pps = parameterSet(6 + 2 + sps.length + 1);
  return { sps, pps, profileLevelId: Buffer.from(avcC.subarray(1, 4)).toString("hex") };
}

/** Throws Fault `invalid` when the lengths do not add up. */
export function nalsOf(sample: Uint8Array): Uint8Array[] {
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  const nals: Uint8Array[] = [];
  for (let at = 0; at < sample.length;) {
    const length = at + lengthBytes <= sample.length ? view.getUint32(at) : 0;
    if (length === 0 || at + lengthBytes + length > sample.length)
      throw new Fault("invalid", `NAL unit of ${length} bytes at ${at} of ${sample.length}`);
    nals.push(sample.subarray(at + lengthBytes, at + lengthBytes + length));
    at += lengthBytes + length;
  }
  return nals;
}

/** SPS and PPS stand before every keyframe: who joins there, or lost a packet, can decode. */
export function withParameterSets(nals: readonly Uint8Array[], { sps, pps }: AvcConfig): Uint8Array[] {
  const rest = nals.filter((nal) => !([nalTypes.sps, nalTypes.pps] as number[]).includes((nal[0] ?? 0) & 31));
  return [sps, pps, ...rest];
}

/** With start codes, as decoders take a stream (ISO/IEC 14496-10, annex B). */
export function annexB(nals: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(nals.flatMap((nal) => [Uint8Array.of(0, 0, 0, 1), nal]));
}
