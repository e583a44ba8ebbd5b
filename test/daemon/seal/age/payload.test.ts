import { describe, expect, test } from "vitest";
import { recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { ChunkLine, payloadKey } from "../../../../daemon/seal/age/payload.ts";
import { open, seal } from "../../../../daemon/seal/age/seal.ts";
import { filler, seeded, seededIdentity } from "./seeded.ts";
import { thrownBy } from "./thrown.ts";

const ann = seededIdentity("ann");
const kib64 = 65_536;
const sealed = kib64 + 16;
const fileKey = filler(16);
const nonce = filler(16);

/** Chunks as a dishonest writer may make them: any lengths, any of them marked as the last. */
function payload(...chunks: readonly [length: number, isLast: boolean][]): Uint8Array {
  const line = new ChunkLine(payloadKey(fileKey, nonce), 0);
  const parts = chunks.map(([length, isLast]) => {
    const out = new Uint8Array(length + 16);
    line.seal(filler(length), out, isLast);
    return out;
  });
  return Buffer.concat(parts);
}

/** A file whose header holds `fileKey`, as its randomness draws it first. */
function fileWith(chunks: Uint8Array): Uint8Array {
  const draws = [fileKey, nonce].map((bytes) => Uint8Array.from(bytes));
  const empty = seal(new Uint8Array(0), [recipientOf(ann)], {
    bytes: () => draws.shift() ?? new Uint8Array(0),
    keyPair: () => seeded("share").keyPair(),
  });
  return Buffer.concat([empty.subarray(0, -16), chunks]);
}

describe("chunks of an honest writer open", () => {
  test.each([
    ["none but an empty one", [[0, true]], 0],
    ["a short one", [[5, true]], 5],
    ["a full one", [[kib64, true]], kib64],
    [
      "a full and a short one",
      [
        [kib64, false],
        [1, true],
      ],
      kib64 + 1,
    ],
    [
      "two full ones",
      [
        [kib64, false],
        [kib64, true],
      ],
      2 * kib64,
    ],
  ] as const)("%s", (_, chunks, length) => {
    expect(
      open(fileWith(payload(...chunks.map(([n, last]): [number, boolean] => [n, last]))), [ann]).length,
    ).toBe(length);
  });
});

describe("chunks of any other do not, and it says where and why", () => {
  test.each([
    ["no chunk at all", payload(), "chunk 0 at byte 184: it is cut off or was changed"],
    ["not marked as the last", payload([5, false]), "chunk 0 at byte 184: the file is cut off after it"],
    [
      "cut after a full chunk",
      payload([kib64, false], [1, true]).subarray(0, sealed),
      "chunk 0 at byte 184: the file is cut off after it",
    ],
    [
      "cut within a tag",
      payload([kib64, false], [1, true]).subarray(0, sealed + 9),
      "chunk 1 at byte 65736: it is cut off or was changed",
    ],
    ["an empty last one", payload([kib64, false], [0, true]), "chunk 1 at byte 65736: it is empty"],
    ["two last ones", payload([kib64, true], [5, true]), "chunk 0 at byte 184: bytes follow the last chunk"],
    [
      "a short one in between",
      payload([5, false], [5, true]),
      "chunk 0 at byte 184: it is cut off or was changed",
    ],
    [
      "a chunk left out",
      payload([kib64, false], [kib64, false], [1, true]).subarray(sealed),
      "chunk 0 at byte 184: it was changed",
    ],
    ["chunks swapped", swapped(), "chunk 0 at byte 184: it was changed"],
  ])("%s", (_, chunks, words) => {
    expect(thrownBy(() => open(fileWith(chunks), [ann]))).toBe(`corrupt: age payload, ${words}`);
  });
});

function swapped(): Uint8Array {
  const chunks = payload([kib64, false], [kib64, false], [1, true]);
  return Buffer.concat([
    chunks.subarray(sealed, 2 * sealed),
    chunks.subarray(0, sealed),
    chunks.subarray(2 * sealed),
  ]);
}

test("chunk 256 has a nonce of its own: the counter carries", () => {
  const chunks = Array.from({ length: 258 }, (_, i): [number, boolean] => [0, i === 257]);
  const bytes = Buffer.from(payload(...chunks));
  const tags = Array.from(chunks, (_, i) => bytes.toString("hex", i * 16, i * 16 + 16));
  expect(new Set(tags).size).toBe(258);
});
