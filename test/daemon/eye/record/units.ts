/** Encoded units for tests: bytes that need not decode, times that do matter. */
import type { EncodedUnit } from "../../../../hal/encoder.ts";

export interface UnitsOptions {
  readonly count: number;
  readonly fps?: number;
  readonly gopFrames?: number;
  readonly bytes?: number;
}

export function units({ count, fps = 15, gopFrames = 15, bytes = 100 }: UnitsOptions): EncodedUnit[] {
  const frameUs = Math.round(1_000_000 / fps);
  return Array.from({ length: count }, (_, i) => ({
    data: new Uint8Array(bytes).fill(i & 255),
    ptsUs: i * frameUs,
    durationUs: frameUs,
    keyframe: i % gopFrames === 0,
  }));
}
