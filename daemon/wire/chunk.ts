/**
 * Chunk: granted bytes on their way from the gate to the courier, as a binary frame.
 *
 * byte 0 length of the grant's id, then the id in ASCII, then 8 bytes offset in the parcel (big-endian), then
 * the bytes, at most `chunkBytes`. It is the chunk that holds the byte which the courier asked for; its offset is
 * where it begins.
 */
import { Fault } from "../../hal/fault.ts";
import { chunkBytes } from "../consent/grant.ts";

export interface Chunk {
  readonly grant: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export function encodeChunk({ grant, offset, bytes }: Chunk): Uint8Array {
  const id = new TextEncoder().encode(grant);
  const frame = new Uint8Array(9 + id.length + bytes.length);
  frame[0] = id.length;
  frame.set(id, 1);
  new DataView(frame.buffer).setBigUint64(1 + id.length, BigInt(offset));
  frame.set(bytes, 9 + id.length);
  return frame;
}

/** Throws Fault `invalid` for what is no chunk; the bytes are a view. */
export function decodeChunk(frame: Uint8Array): Chunk {
  const idBytes = frame[0] ?? 0;
  const head = 9 + idBytes;
  if (idBytes === 0 || frame.length <= head) throw new Fault("invalid", "a chunk is shorter than its header");
  if (frame.length > head + chunkBytes)
    throw new Fault("invalid", `a chunk of ${frame.length - head} bytes is longer than ${chunkBytes}`);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  return {
    grant: new TextDecoder().decode(frame.subarray(1, 1 + idBytes)),
    offset: Number(view.getBigUint64(1 + idBytes)),
    bytes: frame.subarray(head),
  };
}
