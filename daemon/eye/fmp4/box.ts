/**
 * Box: the bricks of ISO/IEC 14496-12 files, `size type payload`, as nested arrays of bytes.
 */
const encoder = new TextEncoder();

export type Part = Uint8Array | number[];

export function concat(parts: readonly Part[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

export const u16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];
export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
/** Up to 2^53, which microseconds reach after 285 years. */
export const u64 = (value: number): number[] => [...u32(Math.floor(value / 2 ** 32)), ...u32(value >>> 0)];
export const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
export const ascii = (text: string): number[] => Array.from(encoder.encode(text));

export function box(type: string, ...parts: Part[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  return concat([u32(size), ascii(type), ...parts]);
}

/** A box with a version and 24 flag bits. */
export function fullBox(
  type: string,
  [version, flags]: readonly [number, number],
  ...parts: Part[]
): Uint8Array {
  return box(type, [version], u32(flags).slice(1), ...parts);
}
