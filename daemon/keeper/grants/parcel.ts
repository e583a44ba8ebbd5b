/**
 * Parcel: the bytes of a grant, one item after the other, read chunk by chunk.
 *
 * A chunk is a chunk of one item (at most `chunkBytes`, the item's last one shorter): none crosses from an
 * item to the next, so each has its hash in the manifest. Who asks for a byte in the middle of a chunk
 * (an upload that was cut) gets the chunk that holds it.
 *
 * Recorded items are the posted header and the payload from the disk. Letter and headers are read from
 * where the grant is kept. Nothing is held in memory but the headers.
 */
import { createHash } from "node:crypto";
import { chunkBytes, type Grant, type Item } from "../../consent/grant.ts";
import type { Recordings } from "./recordings.ts";

export interface ChunkPlace {
  readonly item: number;
  readonly chunk: number;
  /** In the parcel. */
  readonly from: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ParcelSource {
  /** Null = it is gone. */
  readonly readLetter: (offset: number, length: number) => Promise<Uint8Array | null>;
  /** One for each item after the letter. */
  readonly headers: readonly Uint8Array[];
  readonly recordings: Recordings;
}

/** Where a byte of the parcel lies; null = behind its end. */
export function placeOf({ items }: Pick<Grant, "items">, offset: number): ChunkPlace | null {
  let start = 0;
  for (const [index, item] of items.entries()) {
    if (offset < start + item.bytes) return placeIn(item, index, { start, offset: offset - start });
    start += item.bytes;
  }
  return null;
}

function placeIn(item: Item, index: number, at: { start: number; offset: number }): ChunkPlace {
  const chunk = Math.floor(at.offset / chunkBytes);
  const from = chunk * chunkBytes;
  const bytes = Math.min(chunkBytes, item.bytes - from);
  return { item: index, chunk, from: at.start + from, bytes, sha256: item.chunks[chunk] ?? "" };
}

/** Null = the recording (or the letter) is gone, or shorter than it was. */
export async function readChunk(
  { items }: Pick<Grant, "items">,
  place: ChunkPlace,
  source: ParcelSource,
): Promise<Uint8Array | null> {
  const item = items[place.item];
  if (item === undefined) return null;
  const from = place.chunk * chunkBytes;
  const bytes = await readItem(item, { from, length: place.bytes, header: place.item - 1 }, source);
  return bytes?.length === place.bytes ? bytes : null;
}

async function readItem(
  item: Item,
  { from, length, header: number }: { from: number; length: number; header: number },
  { readLetter, headers, recordings }: ParcelSource,
): Promise<Uint8Array | null> {
  if (item.part === "letter") return readLetter(from, length);
  const header = headers[number];
  if (header === undefined) return null;
  const head = header.subarray(from, from + length);
  const payloadFrom = Math.max(0, from - header.length);
  const payload = await recordings.readPayload(item, payloadFrom, length - head.length);
  if (payload === null) return null;
  const joined = new Uint8Array(head.length + payload.length);
  joined.set(head);
  joined.set(payload, head.length);
  return joined;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
