import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { open, seal } from "../../../../daemon/seal/age/seal.ts";
import { openStream, sealStream } from "../../../../daemon/seal/age/stream.ts";
import { filler, seeded, seededIdentity } from "./seeded.ts";

const ann = seededIdentity("ann");
const toAnn = [recipientOf(ann)];
const kib64 = 65_536;

async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

/** `bytes` in pieces of the given sizes in turn. */
function* pieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

test("makes the same file as sealing in memory, however its source is cut", async () => {
  const length = fc.constantFrom(0, 1, kib64 - 1, kib64, kib64 + 1, 2 * kib64);
  const sizes = fc.array(fc.integer({ min: 700, max: 200_000 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(length, sizes, async (bytes, cuts) => {
      const streamed = await all(sealStream(pieces(filler(bytes), cuts), toAnn, seeded("x")));
      expect(streamed.equals(seal(filler(bytes), toAnn, seeded("x")))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("opens what was sealed in memory, however its source is cut", async () => {
  const file = seal(filler(150_000), toAnn, seeded("y"));
  const sizes = fc.array(fc.integer({ min: 50, max: 200_000 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(sizes, async (cuts) => {
      expect((await all(openStream(pieces(file, cuts), [ann]))).equals(filler(150_000))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("opens a small file that comes byte by byte", async () => {
  expect((await all(openStream(pieces(seal(filler(9), toAnn), [1]), [ann]))).equals(filler(9))).toBe(true);
});

test("holds a chunk or two of a long file, not the file", async () => {
  let [given, taken, most] = [0, 0, 0];
  const piece = filler(100_000);
  const source = function* () {
    for (let i = 0; i < 320; i += 1) {
      given += piece.length;
      yield piece;
    }
  };
  for await (const chunk of openStream(sealStream(source(), toAnn), [ann])) {
    most = Math.max(most, given - taken);
    taken += chunk.length;
  }
  expect(taken).toBe(32_000_000);
  expect(most).toBeLessThan(100_000 + 3 * kib64);
});

describe("a file that is not whole", () => {
  const file = seal(filler(2 * kib64 + 5), toAnn, seeded("z"));

  test("gives its verified chunks, then says that the rest is missing", async () => {
    const stream = openStream(pieces(file.subarray(0, -1), [1_000]), [ann]);
    expect([(await stream.next()).value, (await stream.next()).value].map((chunk) => chunk?.length)).toEqual([
      kib64,
      kib64,
    ]);
    await expect(stream.next()).rejects.toMatchObject({
      kind: "corrupt",
      message: expect.stringContaining("chunk 2"),
    });
  });

  test("gives nothing of a chunk that was changed", async () => {
    const changed = Buffer.from(file);
    changed.writeUInt8(changed.readUInt8(1_000) ^ 1, 1_000);
    await expect(openStream([changed], [ann]).next()).rejects.toMatchObject({ kind: "corrupt" });
  });

  test("fails as in memory, at any byte of a small one", async () => {
    const small = seal(filler(10), toAnn, seeded("small"));
    for (let length = 0; length < small.length; length += 1) {
      const cut = small.subarray(0, length);
      const streamed = await all(openStream([cut], [ann])).catch(String);
      expect(streamed).toBe(
        await Promise.resolve()
          .then(() => open(cut, [ann]))
          .catch(String),
      );
    }
  });

  test("is not read on for a header that never ends", async () => {
    let given = 0;
    const endless = function* () {
      for (;;) {
        given += 1_000;
        yield Buffer.from(given === 1_000 ? "age-encryption.org/v1\n-> a\n" : "\n".repeat(1_000));
      }
    };
    await expect(all(openStream(endless(), [ann]))).rejects.toMatchObject({ kind: "corrupt" });
    expect(given).toBeLessThan(80_000);
  });
});
