/**
 * JPEG: one masked frame as a still picture (snapshots, thumbnails). See jpeg-engine.ts.
 */
import type { JpegEncoder } from "../encoder.ts";
import type { MaskedFrame } from "../frame.ts";
import { JpegEngine } from "./jpeg-engine.ts";

export interface PatientJpegEncoder extends JpegEncoder {
  /** A picture that takes longer than `patienceMs` (5 s) is given up with Fault `timeout`. */
  encode(frame: MaskedFrame, longestPx: number, patienceMs?: number): Promise<Uint8Array>;
}

export function openJpegEncoder(): Promise<PatientJpegEncoder> {
  return Promise.resolve().then(() => new JpegEngine());
}
