/**
 * Envelope: how a block lies in a file, so that every other one can be read when it is damaged.
 *
 * 40 bytes, little-endian, then the body:
 *    0  "SGHT"            8  bytes of the body      16  first wall time, ms (f64)     32  frames
 *    4  version           12 0                      24  last wall time, ms (f64)      36  CRC-32 of 0..36 and body
 * They are the same in every version: what cannot be understood can still be passed over, and counted.
 * After damage the next block is looked for by its first four bytes, and believed by its checksum.
 */
import { crc32 } from "node:zlib";

/** 2: frames may say that somebody was held. A block without one is what it always was, and says 1. */
export const journalVersions = { plain: 1, held: 2 } as const;
export const envelopeBytes = 40;
export const mostBodyBytes = 2 * 1024 * 1024;
const magic = Buffer.from("SGHT", "latin1");

export interface Envelope {
  readonly version: number;
  readonly fromWallMs: number;
  readonly toWallMs: number;
  readonly frames: number;
}

export interface Enclosed extends Envelope {
  readonly body: Uint8Array;
  /** Where the next block begins. */
  readonly end: number;
}

export function isKnownVersion(version: number): boolean {
  return version === journalVersions.plain || version === journalVersions.held;
}

export function enclose({ version, fromWallMs, toWallMs, frames }: Envelope, body: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(envelopeBytes + body.length);
  magic.copy(bytes);
  bytes.writeUInt32LE(version, 4);
  bytes.writeUInt32LE(body.length, 8);
  bytes.writeDoubleLE(fromWallMs, 16);
  bytes.writeDoubleLE(toWallMs, 24);
  bytes.writeUInt32LE(frames, 32);
  bytes.set(body, envelopeBytes);
  bytes.writeUInt32LE(checksum(bytes), 36);
  return bytes;
}

function checksum(block: Buffer): number {
  return crc32(block.subarray(envelopeBytes), crc32(block.subarray(0, 36)));
}

/** The block that begins at `at`; null = none does, or a damaged one. */
export function openAt(bytes: Buffer, at: number): Enclosed | null {
  if (at + envelopeBytes > bytes.length || bytes.compare(magic, 0, 4, at, at + 4) !== 0) return null;
  const length = bytes.readUInt32LE(at + 8);
  const end = at + envelopeBytes + length;
  if (length > mostBodyBytes || end > bytes.length) return null;
  const block = bytes.subarray(at, end);
  if (block.readUInt32LE(36) !== checksum(block)) return null;
  return {
    version: block.readUInt32LE(4),
    fromWallMs: block.readDoubleLE(16),
    toWallMs: block.readDoubleLE(24),
    frames: block.readUInt32LE(32),
    body: block.subarray(envelopeBytes),
    end,
  };
}

/** The first good block at or after `at`; `skipped` bytes before it are damaged. */
export function openNext(bytes: Buffer, at: number): { block: Enclosed | null; skipped: number } {
  for (let start = at; start !== -1; start = bytes.indexOf(magic, start + 1)) {
    const block = openAt(bytes, start);
    if (block !== null) return { block, skipped: start - at };
  }
  return { block: null, skipped: bytes.length - at };
}
