/**
 * Bundle: up to 256 entries of a log in one file, each behind its length in 2 bytes, big-endian
 * (https://c2sp.org/tlog-tiles).
 */
import { Fault } from "../../hal/fault.ts";
import { tileWidth } from "./tiles.ts";

export const maxEntryBytes = 65_535;

/** Throws Fault `invalid` for more than 256 entries or a longer one. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > tileWidth) throw new Fault("invalid", `a bundle has at most ${tileWidth} entries`);
  const bytes = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > maxEntryBytes)
      throw new Fault("invalid", `an entry of ${entry.length} bytes is longer than ${maxEntryBytes}`);
    view.setUint16(at, entry.length);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/** Views into `bytes`. Throws Fault `invalid` when it is cut or holds too many. */
export function decodeBundle(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 <= bytes.length ? at + 2 + view.getUint16(at) : Infinity;
    if (end > bytes.length) throw new Fault("invalid", "a bundle of entries is cut");
    if (entries.length === tileWidth) throw new Fault("invalid", `a bundle has at most ${tileWidth} entries`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
