/**
 * CRC-32 as ZIP counts it (ISO 3309, polynomial 0xEDB88320), of bytes that come in pieces. Pure.
 */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function crc32(pieces: readonly Uint8Array[]): number {
  let value = 0xffffffff;
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += 1)
      value = (table[(value ^ (piece[at] ?? 0)) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
