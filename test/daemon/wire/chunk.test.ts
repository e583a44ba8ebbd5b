import { expect, test } from "vitest";
import { chunkBytes } from "../../../daemon/consent/grant.ts";
import { decodeChunk, encodeChunk } from "../../../daemon/wire/chunk.ts";

test.each([1, 3, chunkBytes])("a chunk of %i bytes comes back", (length) => {
  const chunk = { grant: "0abc-grant-1", offset: 5 * chunkBytes, bytes: new Uint8Array(length).fill(7) };
  const { grant, offset, bytes } = decodeChunk(encodeChunk(chunk));
  expect([grant, offset, Buffer.compare(bytes, chunk.bytes)]).toEqual([chunk.grant, chunk.offset, 0]);
});

test.each([
  ["nothing", new Uint8Array(0)],
  ["a header alone", encodeChunk({ grant: "0abc-grant-1", offset: 0, bytes: new Uint8Array(0) })],
  ["no grant", new Uint8Array(40)],
  ["too much", encodeChunk({ grant: "0abc-grant-1", offset: 0, bytes: new Uint8Array(chunkBytes + 1) })],
])("%s is refused", (_what, frame) => {
  expect(() => decodeChunk(frame)).toThrow(/chunk/u);
});
