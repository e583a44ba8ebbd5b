/**
 * Unit reader: encoded units out of an encoder's appsink, each with the time of its frame.
 *
 * Encoders shift times by a constant (x264enc by a thousand hours), so the first unit tells the
 * shift, and later ones are looked up by time. A frame without a unit was skipped by the encoder.
 */
import type { EncodedUnit, EncoderConfig } from "../encoder.ts";
import koffi from "koffi";
import { avcConfig } from "./avc.ts";
import type { Gst, Pointer } from "./bindings.ts";
import { ptsNsOf } from "./sample.ts";
import { bufferLayout, deltaUnitFlag } from "./structs.ts";

export class UnitReader {
  config: EncoderConfig | null = null;
  readonly #gst: Gst;
  readonly #sink: Pointer;
  readonly #durationUs: number;
  readonly #expected: number[] = [];
  #shiftUs: number | null = null;

  constructor(gst: Gst, sink: Pointer, durationUs: number) {
    this.#gst = gst;
    this.#sink = sink;
    this.#durationUs = durationUs;
  }

  /** Frames that went in and whose unit is not out yet. */
  get pending(): number {
    return this.#expected.length;
  }

  get atEnd(): boolean {
    return this.#gst.sinkIsEos(this.#sink) !== 0;
  }

  expect(ptsUs: number): void {
    this.#expected.push(ptsUs);
  }

  /** All units that are ready; blocks up to `waitMs` for the first. */
  take(waitMs: number): EncodedUnit[] {
    const units: EncodedUnit[] = [];
    for (let wait = waitMs; ; wait = 0) {
      const sample = this.#gst.sinkPull(this.#sink, wait * 1e6);
      if (sample === null) return units;
      units.push(this.#unit(sample));
      this.#gst.miniUnref(sample);
    }
  }

  #unit(sample: Pointer): EncodedUnit {
    const buffer = this.#gst.sampleBuffer(sample);
    const flags = koffi.decode.uint32(buffer + BigInt(bufferLayout.flags));
    const keyframe = (flags & deltaUnitFlag) === 0;
    if (keyframe) this.config ??= this.#readConfig(this.#gst.sampleCaps(sample));
    const ptsUs = this.#frameTime(ptsNsOf(this.#gst, sample));
    return { data: copyOut(this.#gst, buffer), ptsUs, durationUs: this.#durationUs, keyframe };
  }

  #frameTime(ptsNs: number | null): number {
    const oldest = this.#expected[0] ?? 0;
    if (ptsNs === null) return this.#expected.shift() ?? oldest;
    const us = ptsNs / 1000;
    this.#shiftUs ??= us - oldest;
    const wanted = us - this.#shiftUs;
    const index = this.#expected.findIndex((ptsUs) => Math.abs(ptsUs - wanted) < 1);
    const [found] = this.#expected.splice(0, Math.max(0, index) + 1).slice(-1);
    return found ?? Math.round(wanted);
  }

  #readConfig(caps: Pointer): EncoderConfig | null {
    const value = this.#gst.structureValue(this.#gst.capsStructure(caps, 0), "codec_data");
    const buffer = value === null ? null : this.#gst.valueBoxed(value);
    return buffer === null ? null : avcConfig(copyOut(this.#gst, buffer));
  }
}

/** A buffer's bytes as the caller's own. */
export function copyOut(gst: Gst, buffer: Pointer): Uint8Array {
  const data = new Uint8Array(new ArrayBuffer(Number(gst.bufferSize(buffer))));
  gst.bufferExtract(buffer, 0, data, data.length);
  return data;
}
