import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeBech32 } from "../../../../daemon/seal/age/bech32.ts";
import {
  formatIdentity,
  generateIdentity,
  parseIdentities,
  parseIdentity,
  parseRecipient,
  recipientOf,
} from "../../../../daemon/seal/age/keys.ts";
import { isRecipient } from "../../../../daemon/seal/age/recipient-text.ts";
import { thrownBy } from "./thrown.ts";

const recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
const identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

test("the recipient of the specification's identity is the one it gives", () => {
  expect(recipientOf(parseIdentity(identity)).text).toBe(recipient);
});

test("identities and recipients are written as they were read", () => {
  expect(formatIdentity(parseIdentity(identity))).toBe(identity);
  expect(parseRecipient(recipient).text).toBe(recipient);
});

test("every new identity is another, and its text makes it again", () => {
  const [one, two] = [generateIdentity(), generateIdentity()];
  expect(recipientOf(one).text).not.toBe(recipientOf(two).text);
  expect(recipientOf(parseIdentity(formatIdentity(one))).text).toBe(recipientOf(one).text);
});

test("an identity shows no secret when it is logged", () => {
  const shown =
    inspect(parseIdentity(identity), { depth: 9, showHidden: true }) +
    JSON.stringify(parseIdentity(identity));
  expect(shown).not.toMatch(/GFPYY|66,\s*66|42 42|4242|QkJC/u);
});

test("a key file has comments, empty lines and one identity a line", () => {
  const other = formatIdentity(generateIdentity());
  const file = `# created: today\n# public key: ${recipient}\n${identity}\n\n${other}\r\n`;
  expect(parseIdentities(file).map(formatIdentity)).toEqual([identity, other]);
});

describe("refuses", () => {
  test.each([
    ["an identity as recipient", identity, "recipient: it does not start with age1"],
    ["too few bytes", encodeBech32("age", new Uint8Array(31)), "holds 31 bytes; 32 are needed"],
    ["too many bytes", encodeBech32("age", new Uint8Array(33)), "holds 33 bytes; 32 are needed"],
  ])("%s", (_, text, words) => {
    expect(thrownBy(() => parseRecipient(text))).toContain(words);
  });

  // RFC 7748's curve has these of low order, besides their other spellings (see cr.yp.to/ecdh.html)
  test.each([
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ])("a recipient of low order: %s", (hex) => {
    const text = encodeBech32("age", Buffer.from(hex, "hex"));
    expect(thrownBy(() => parseRecipient(text))).toContain("low-order point");
    expect(isRecipient(text)).toBe(false);
    const topSet = Buffer.from(hex, "hex");
    topSet[31] = (topSet[31] ?? 0) | 0x80;
    expect(isRecipient(encodeBech32("age", topSet))).toBe(false);
  });

  test("and what needs no curve answers as the curve does", () => {
    const point = fc.uint8Array({ minLength: 30, maxLength: 34 });
    fc.assert(
      fc.property(
        point,
        fc.constantFrom("age", "AGE-SECRET-KEY-", "agf"),
        fc.boolean(),
        (bytes, prefix, cut) => {
          const text = encodeBech32(prefix, bytes).slice(0, cut ? -1 : undefined);
          expect(isRecipient(text)).toBe(thrownBy(() => parseRecipient(text)) === "nothing");
        },
      ),
    );
  });

  test("a key file without identities, and one with a mistake, by its line", () => {
    expect(thrownBy(() => parseIdentities("# nothing\n"))).toContain("no identity in the key file");
    expect(thrownBy(() => parseIdentities(`${identity}\n${recipient}`))).toContain("line 2: identity");
  });
});
