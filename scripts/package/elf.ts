/**
 * ELF: what the kernel loads of a program, without what only a debugger reads.
 *
 * Node's binary carries symbol tables that nothing uses at run time: an eighth of it. What is loaded is
 * listed by the program headers; everything behind the last of them, and the list of sections,
 * goes. Works for any architecture on any machine, where `strip` knows its own only. Pure.
 */
import { Fault } from "../../hal/fault.ts";

const magic = 0x7f454c46;
const is64 = 2;
const isLittle = 1;

/** Throws Fault `invalid` for what is no 64-bit little-endian ELF file. */
export function stripped(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 64 || view.getUint32(0) !== magic || bytes[4] !== is64 || bytes[5] !== isLittle)
    throw new Fault("invalid", "not a program for a 64-bit little-endian machine");
  const table = Number(view.getBigUint64(32, true));
  const [entryBytes, entries] = [view.getUint16(54, true), view.getUint16(56, true)];
  let end = table + entryBytes * entries;
  for (let i = 0; i < entries; i += 1) {
    const at = table + i * entryBytes;
    end = Math.max(end, Number(view.getBigUint64(at + 8, true) + view.getBigUint64(at + 32, true)));
  }
  const loaded = bytes.slice(0, end);
  const header = new DataView(loaded.buffer);
  header.setBigUint64(40, 0n, true); // where the sections were listed,
  header.setUint16(60, 0, true); // how many there were,
  header.setUint16(62, 0, true); // and which of them held their names
  return loaded;
}
