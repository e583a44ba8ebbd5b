/**
 * Encoder: masked frames in, encoded units out.
 *
 * H.264 in AVC form (length-prefixed NAL units, parameter sets in `config`). A GOP starts with a
 * keyframe and is closed: every unit in it can be decoded from that keyframe on. No B-frames:
 * units come out in order, decode time = presentation time.
 *
 * Contract, proven by test/contract/encoder.ts:
 * - `memory()` lends picture memory of the right size for the mask to fill; `encode` takes it
 *   back with the frame that was made in it. Memory not encoded must be released.
 * - `encode` may return units of earlier frames, or none; `finish` returns the rest.
 * - A unit's bytes are the caller's own copy. ptsUs is that of its frame.
 * - Throws Fault `unavailable` when the codec died; the caller opens a new encoder.
 */
import type { FrameMemory, MaskedFrame } from "./frame.ts";

export interface EncodedUnit {
  readonly data: Uint8Array;
  readonly ptsUs: number;
  readonly durationUs: number;
  readonly keyframe: boolean;
}

export interface EncoderSettings {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly bitrateKbps: number;
  /** Frames from one keyframe to the next. */
  readonly gopFrames: number;
}

export interface EncoderConfig {
  /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15), the body of an `avcC` box. */
  readonly avcC: Uint8Array;
  /** RFC 6381, e.g. "avc1.42c01f". */
  readonly codec: string;
}

export interface Encoder extends AsyncDisposable {
  /** Element that does the work, e.g. "x264enc". */
  readonly name: string;
  /** Why a better one of this machine is not used, for the status; absent when it is the best. */
  readonly instead?: string;
  /** Known from the first keyframe on. */
  readonly config: EncoderConfig | null;
  memory(): FrameMemory;
  encode(frame: MaskedFrame, memory: FrameMemory): EncodedUnit[];
  finish(): Promise<EncodedUnit[]>;
  close(): Promise<void>;
}

/** One masked frame as a JPEG (snapshots and thumbnails). */
export interface JpegEncoder extends AsyncDisposable {
  /** Longest side of the output; the picture is scaled down to it, never up. */
  encode(frame: MaskedFrame, longestPx: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
