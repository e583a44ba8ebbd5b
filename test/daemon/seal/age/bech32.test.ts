import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBech32, encodeBech32 } from "../../../../daemon/seal/age/bech32.ts";
import { thrownBy } from "./thrown.ts";

// the examples of the specification: the identity is the byte 0x42, 32 times
const recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
const identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

test("reads and writes the specification's examples", () => {
  expect(decodeBech32("AGE-SECRET-KEY-", identity)).toEqual(new Uint8Array(32).fill(0x42));
  expect(encodeBech32("AGE-SECRET-KEY-", new Uint8Array(32).fill(0x42))).toBe(identity);
  expect(encodeBech32("age", decodeBech32("age", recipient))).toBe(recipient);
});

test("any bytes come back, in either case", () => {
  const bytes = fc.uint8Array({ maxLength: 80 });
  fc.assert(
    fc.property(bytes, fc.constantFrom("age", "AGE-SECRET-KEY-"), (given, prefix) => {
      expect(decodeBech32(prefix, encodeBech32(prefix, given))).toEqual(given);
    }),
  );
});

test("one wrong letter anywhere is always noticed", () => {
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const place = fc.integer({ min: 4, max: recipient.length - 1 });
  fc.assert(
    fc.property(place, fc.constantFrom(...Array.from(letters)), (at, letter) => {
      fc.pre(recipient[at] !== letter);
      const typo = recipient.slice(0, at) + letter + recipient.slice(at + 1);
      expect(thrownBy(() => decodeBech32("age", typo))).toContain("checksum");
    }),
    { numRuns: 300 },
  );
});

describe("refuses", () => {
  test.each([
    ["nothing", "", "does not start with age1"],
    ["another prefix", recipient.replace("age", "agf"), "does not start with age1"],
    ["the other case", recipient.toUpperCase(), "does not start with age1"],
    ["mixed case", recipient.replace("zvky", "zvKy"), "mixes capital and small letters"],
    ["a character that is not used", recipient.replace("zvky", "zvby"), "character 7 is not used"],
    ["a second separator", recipient.replace("zvky", "zv1y"), "character 7 is not used"],
    ["a space at the end", `${recipient} `, "character 63 is not used"],
    ["a letter less", recipient.slice(0, -1), "checksum"],
    ["no checksum", "age1", "checksum"],
    ["half a checksum", "age1qqq", "checksum"],
  ])("%s", (_, text, words) => {
    expect(thrownBy(() => decodeBech32("age", text))).toContain(words);
  });

  // right checksums, made for these: 2 values hold one byte and 2 bits, which must be zero;
  // 1 value holds no byte but 5 bits, which no writer leaves
  test.each([[[0, 1]], [[0]], [[0, 0, 0]]])("stray bits after the last byte: %j", (values) => {
    expect(thrownBy(() => decodeBech32("age", withChecksum("age", values)))).toContain("stray bits");
  });

  test("without repeating what may be a secret", () => {
    const typo = identity.replace("GFPYY", "GFPYX");
    expect(thrownBy(() => decodeBech32("AGE-SECRET-KEY-", typo))).not.toContain("GFP");
  });
});

/** The six letters that make `values` valid, found as the standard defines them: by its equation. */
function withChecksum(prefix: string, values: readonly number[]): string {
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const step = (sum: number, value: number): number =>
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].reduce(
      (next, generator, i) => ((sum >>> (25 + i)) & 1 ? next ^ generator : next),
      ((sum & 0x1ffffff) << 5) ^ value,
    );
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  const expanded = [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)];
  const sum = [...expanded, ...values, 0, 0, 0, 0, 0, 0].reduce(step, 1) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
  return `${prefix}1${[...values, ...check].map((value) => letters[value]).join("")}`;
}
