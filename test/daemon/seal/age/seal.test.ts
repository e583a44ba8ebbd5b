import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { open, seal } from "../../../../daemon/seal/age/seal.ts";
import { filler, seeded, seededIdentity } from "./seeded.ts";
import { thrownBy } from "./thrown.ts";

const [ann, ben, eve] = [seededIdentity("ann"), seededIdentity("ben"), seededIdentity("eve")];
const toAnn = [recipientOf(ann)];
const toBoth = [recipientOf(ann), recipientOf(ben)];
const kib64 = 65_536;

describe("what is sealed opens again", () => {
  test.each([0, 1, 15, 16, 17, kib64 - 1, kib64, kib64 + 1, 2 * kib64, 500_000])("%i bytes", (length) => {
    const plain = filler(length);
    expect(Buffer.compare(open(seal(plain, toAnn), [ann]), plain)).toBe(0);
  });

  test("for each recipient alone, whatever other identities are tried", () => {
    const file = seal(filler(100), toBoth);
    for (const identities of [[ann], [ben], [eve, ben]])
      expect(Uint8Array.from(open(file, identities))).toEqual(filler(100));
  });
});

test("a file has header, nonce and 16 bytes a chunk more than its content, and none less", () => {
  const head = seal(new Uint8Array(0), toAnn).length - 16;
  const sizes = [1, kib64, kib64 + 1].map((length) => seal(filler(length), toAnn).length - length - head);
  expect(sizes).toEqual([16, 16, 32]);
});

test("sealing the same twice shares not a line of the header nor a byte run of the payload", () => {
  const [one, two] = [seal(filler(1_000), toAnn), seal(filler(1_000), toAnn)];
  const lines = (file: Uint8Array) => Buffer.from(file).toString("latin1").split("\n").slice(1, 4);
  expect(lines(one).filter((line) => lines(two).includes(line))).toEqual([]);
  expect(Buffer.from(one).includes(Buffer.from(two).subarray(-16))).toBe(false);
});

test("one sealed file holds nothing of its content in plain", () => {
  const plain = Buffer.from("a face at the door, a face at the door");
  expect(Buffer.from(seal(plain, toAnn)).includes("face")).toBe(false);
});

test("nobody to open it, and more recipients than a header holds, are refused", () => {
  expect(thrownBy(() => seal(filler(1), []))).toContain("invalid: no recipient");
  const crowd = Array.from({ length: 700 }, () => recipientOf(ann));
  expect(thrownBy(() => seal(filler(1), crowd))).toContain("invalid: 700 recipients do not fit");
});

describe("does not open", () => {
  const file = seal(filler(40), toBoth, seeded("a small file"));

  test("for other identities, nor for none", () => {
    expect(thrownBy(() => open(file, [eve]))).toBe("denied: none of 1 identities opens this file");
    expect(thrownBy(() => open(file, []))).toBe("denied: none of 0 identities opens this file");
  });

  test("cut off at any byte: always corrupt, with where", () => {
    for (let length = 0; length < file.length; length += 1)
      expect(thrownBy(() => open(file.subarray(0, length), [ann]))).toMatch(/^corrupt: .*(?:at byte \d+)/u);
  });

  test("with any bit flipped, and never as something else", () => {
    const bit = fc.record({ at: fc.nat(file.length - 1), mask: fc.nat(7).map((shift) => 1 << shift) });
    fc.assert(
      fc.property(bit, ({ at, mask }) => {
        const changed = Uint8Array.from(file);
        changed[at] = (file[at] ?? 0) ^ mask;
        expect(thrownBy(() => open(changed, [ann]))).toMatch(/^(?:corrupt|invalid|denied): /u);
      }),
      { numRuns: 1_000 },
    );
  });

  test("with bytes after its end", () => {
    const longer = Buffer.concat([file, filler(1)]);
    expect(thrownBy(() => open(longer, [ann]))).toContain("chunk 0 at byte");
  });
});

describe("opens nothing of random bytes after a right beginning", () => {
  test.each(["", "age-encryption.org/v1\n", "age-encryption.org/v1\n-> X25519 "])("%j", (start) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const file = Buffer.concat([Buffer.from(start), bytes]);
        expect(thrownBy(() => open(file, [ann]))).toMatch(/^(?:corrupt|invalid): /u);
      }),
    );
  });
});
