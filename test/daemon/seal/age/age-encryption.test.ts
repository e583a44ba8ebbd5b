/**
 * Against the npm package age-encryption, by the author of age: files and keys of each are good
 * for the other.
 */
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { describe, expect, test } from "vitest";
import { formatIdentity, generateIdentity, recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { rewrap } from "../../../../daemon/seal/age/rewrap.ts";
import { open, seal } from "../../../../daemon/seal/age/seal.ts";
import { filler } from "./seeded.ts";

const me = generateIdentity();
const sizes = [0, 1, 65_535, 65_536, 65_537, 200_000];

function theirOpen(file: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(formatIdentity(me));
  return decrypter.decrypt(Uint8Array.from(file));
}

function theirSeal(plain: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const identity of [generateIdentity(), me]) encrypter.addRecipient(recipientOf(identity).text);
  return encrypter.encrypt(plain);
}

describe("age-encryption", () => {
  test.each(sizes)("opens what we seal: %i bytes", async (length) => {
    const file = seal(filler(length), [recipientOf(generateIdentity()), recipientOf(me)]);
    expect(Buffer.compare(await theirOpen(file), filler(length))).toBe(0);
  });

  test.each(sizes)("seals what we open: %i bytes", async (length) => {
    expect(Buffer.compare(open(await theirSeal(filler(length)), [me]), filler(length))).toBe(0);
  });

  test("opens what we hand on", async () => {
    const other = generateIdentity();
    const file = seal(filler(70_000), [recipientOf(other)]);
    const { header, payloadAt } = rewrap(file, { identities: [other], recipients: [recipientOf(me)] });
    const opened = await theirOpen(Buffer.concat([header, file.subarray(payloadAt)]));
    expect(Buffer.compare(opened, filler(70_000))).toBe(0);
  });

  test("knows our keys", async () => {
    expect(await identityToRecipient(formatIdentity(me))).toBe(recipientOf(me).text);
  });
});
