/**
 * Pack: several streams of bytes as one body, each by itself through zstd (values of one kind pack best
 * beside each other), and back within bounds.
 *
 * Per stream its length, its packed length (0 = not packed) and the bytes.
 */
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompressSync } from "node:zlib";
import { Fault, toFault } from "../../../hal/fault.ts";
import { ByteSink, ByteSource } from "./bytes.ts";

/** More than a writer puts into one stream (block-writer.ts). */
const mostStreamBytes = 4 * 1024 * 1024;
/** Not worth a frame of its own. */
const leastPacked = 32;
const params = { [constants.ZSTD_c_compressionLevel]: 16 };
const compress = promisify(zstdCompress);

/** The work is done on another thread. */
export async function pack(streams: readonly Uint8Array[]): Promise<Uint8Array> {
  const packed = await Promise.all(streams.map(packedOf));
  const lengths = new ByteSink();
  lengths.whole(streams.length);
  const parts = streams.map((stream, i) => {
    const smaller = packed[i];
    const isSmaller = smaller !== null && smaller !== undefined && smaller.length < stream.length;
    lengths.whole(stream.length);
    lengths.whole(isSmaller ? smaller.length : 0);
    return isSmaller ? smaller : stream;
  });
  return Buffer.concat([lengths.bytes, ...parts]);
}

async function packedOf(stream: Uint8Array): Promise<Uint8Array | null> {
  // knowing the length beforehand saves the megabytes that an endless stream would get
  return stream.length < leastPacked ? null : compress(stream, { params, pledgedSrcSize: stream.length });
}

/** Throws Fault `corrupt` for what `pack` did not make. */
export function unpack(body: Uint8Array): Uint8Array[] {
  const source = new ByteSource(body);
  const lengths = Array.from({ length: Math.min(64, source.whole()) }, () => ({
    plain: source.whole(),
    packed: source.whole(),
  }));
  let { at } = source;
  const streams = lengths.map(({ plain, packed }) => {
    const length = packed === 0 ? plain : packed;
    const bytes = body.subarray(at, at + length);
    at += length;
    if (bytes.length !== length || plain > mostStreamBytes)
      throw new Fault("corrupt", "a journal block has streams that are too long");
    return packed === 0 ? bytes : decompress(bytes, plain);
  });
  if (at !== body.length) throw new Fault("corrupt", "a journal block is longer than what it says");
  return streams;
}

function decompress(bytes: Uint8Array, plain: number): Uint8Array {
  try {
    const out = zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, plain) });
    if (out.length === plain) return out;
  } catch (error) {
    throw new Fault("corrupt", "a journal block cannot be unpacked", { cause: toFault(error) });
  }
  throw new Fault("corrupt", "a journal block unpacks to another length");
}
