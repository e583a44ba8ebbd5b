/**
 * Init segment: `ftyp` + `moov` of a fragmented MP4 with one H.264 track and no samples.
 *
 * Section numbers are of ISO/IEC 14496-12; `avc1`/`avcC` are 14496-15. The track's time scale is
 * microseconds, so that media times pass through unrounded.
 */
import { ascii, box, concat, fullBox, u16, u32, zeros } from "./box.ts";

/** Units per second of all media times in the file. */
export const timescale = 1_000_000;
export const trackId = 1;

export interface VideoTrack {
  readonly width: number;
  readonly height: number;
  /** AVCDecoderConfigurationRecord. */
  readonly avcC: Uint8Array;
}

/** 16.16 fixed point; the identity matrix of 8.2.2. */
const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap((value) => u32(value));

export function initSegment(track: VideoTrack): Uint8Array {
  const ftyp = box("ftyp", ascii("iso6"), u32(1), ascii("iso6"), ascii("mp41"));
  return concat([ftyp, box("moov", mvhd(), trak(track), box("mvex", trex()))]);
}

const mvhd = (): Uint8Array =>
  fullBox(
    "mvhd",
    [0, 0],
    u32(0),
    u32(0),
    u32(timescale),
    u32(0),
    u32(0x10000),
    u16(0x0100),
    zeros(10),
    identity,
    zeros(24),
    u32(trackId + 1),
  );

const trak = (track: VideoTrack): Uint8Array =>
  box("trak", tkhd(track), box("mdia", mdhd(), hdlr(), minf(track)));

/** Flags 3: enabled, in the movie. */
const tkhd = ({ width, height }: VideoTrack): Uint8Array =>
  fullBox(
    "tkhd",
    [0, 3],
    u32(0),
    u32(0),
    u32(trackId),
    u32(0),
    u32(0),
    zeros(16),
    identity,
    u32(width * 0x10000),
    u32(height * 0x10000),
  );

/** Language "und", packed in 15 bits. */
const mdhd = (): Uint8Array =>
  fullBox("mdhd", [0, 0], u32(0), u32(0), u32(timescale), u32(0), u16(0x55c4), u16(0));

const hdlr = (): Uint8Array => fullBox("hdlr", [0, 0], u32(0), ascii("vide"), zeros(12), ascii("Sill"), [0]);

const minf = (track: VideoTrack): Uint8Array =>
  box(
    "minf",
    fullBox("vmhd", [0, 1], zeros(8)),
    box("dinf", fullBox("dref", [0, 0], u32(1), fullBox("url ", [0, 1]))),
    stbl(track),
  );

/** Empty tables: all samples are in fragments. */
const stbl = (track: VideoTrack): Uint8Array =>
  box(
    "stbl",
    fullBox("stsd", [0, 0], u32(1), avc1(track)),
    fullBox("stts", [0, 0], u32(0)),
    fullBox("stsc", [0, 0], u32(0)),
    fullBox("stsz", [0, 0], u32(0), u32(0)),
    fullBox("stco", [0, 0], u32(0)),
  );

/** VisualSampleEntry, 12.1.3: 72 dpi, one frame per sample, depth 24. */
const avc1 = ({ width, height, avcC }: VideoTrack): Uint8Array =>
  box(
    "avc1",
    zeros(6),
    u16(1),
    zeros(16),
    u16(width),
    u16(height),
    u32(0x480000),
    u32(0x480000),
    u32(0),
    u16(1),
    zeros(32),
    u16(24),
    u16(0xffff),
    box("avcC", avcC),
  );

const trex = (): Uint8Array => fullBox("trex", [0, 0], u32(trackId), u32(1), u32(0), u32(0), u32(0));
