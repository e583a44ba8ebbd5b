/**
 * ZIP: files side by side in one, stored as they are (video does not get smaller). Pure.
 *
 * APPNOTE 6.3.10, version 2.0: local headers with sizes known, then the central directory. Names are UTF-8. No
 * ZIP64: a file of a ZIP and the ZIP itself stay below 4 GiB, and below 65,535 files; whoever has more begins another.
 */
import { crc32 } from "./crc32.ts";

export interface ZipFile {
  readonly name: string;
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly wallMs: number;
}

interface Listed {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly crc: number;
  readonly bytes: number;
  readonly dosTime: number;
  readonly offset: number;
}

export const mostFiles = 65_000;
const utf8Flag = 0x0800;
const version = 20;
/** rw-r--r-- of a plain file, for who unpacks on Unix. */
const attributes = 0o100644 * 0x10000;

export class Zip {
  #parts: (Uint8Array<ArrayBuffer> | Blob)[] = [];
  readonly #listed: Listed[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get files(): number {
    return this.#listed.length;
  }

  /** The bytes go into a Blob at once: the browser may keep them on its disk. */
  add({ name, pieces, wallMs }: ZipFile): void {
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const listed = {
      name: new TextEncoder().encode(name),
      crc: crc32(pieces),
      bytes,
      dosTime: dosTimeOf(wallMs),
      offset: this.#bytes,
    };
    this.#push(localHeader(listed));
    this.#push(new Blob([...pieces]));
    this.#listed.push(listed);
  }

  close(): Blob {
    const start = this.#bytes;
    for (const listed of this.#listed) this.#push(centralHeader(listed));
    this.#push(endRecord(this.#listed.length, this.#bytes - start, start));
    return new Blob(this.#parts, { type: "application/zip" });
  }

  #push(part: Uint8Array<ArrayBuffer> | Blob): void {
    this.#parts.push(part);
    this.#bytes += part instanceof Blob ? part.size : part.length;
  }
}

/** Local time in steps of two seconds, since 1980: date in the upper half. */
function dosTimeOf(wallMs: number): number {
  const date = new Date(wallMs);
  const year = Math.max(0, date.getFullYear() - 1980);
  const day = (year << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

type Field = readonly [bytes: 2 | 4, value: number];

function record(fields: readonly Field[], tail: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const length = fields.reduce((sum, [bytes]) => sum + bytes, 0);
  const out = new Uint8Array(length + tail.length);
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  out.set(tail, at);
  return out;
}

/** What both headers say in the same order: flags, stored, time, checksum, both sizes, length of the name, no extra. */
function common({ name, crc, bytes, dosTime }: Listed): Field[] {
  return [
    [2, utf8Flag],
    [2, 0],
    [4, dosTime],
    [4, crc],
    [4, bytes],
    [4, bytes],
    [2, name.length],
    [2, 0],
  ];
}

function localHeader(listed: Listed): Uint8Array<ArrayBuffer> {
  return record([[4, 0x04034b50], [2, version], ...common(listed)], listed.name);
}

function centralHeader(listed: Listed): Uint8Array<ArrayBuffer> {
  const madeOnUnix = (3 << 8) | version;
  return record(
    [
      [4, 0x02014b50],
      [2, madeOnUnix],
      [2, version],
      ...common(listed),
      [2, 0], // no comment
      [2, 0], // on this disk
      [2, 0],
      [4, attributes],
      [4, listed.offset],
    ],
    listed.name,
  );
}

function endRecord(files: number, bytes: number, offset: number): Uint8Array<ArrayBuffer> {
  return record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files],
    [2, files],
    [4, bytes],
    [4, offset],
    [2, 0],
  ]);
}
