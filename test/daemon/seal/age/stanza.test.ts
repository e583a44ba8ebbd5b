import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../../../../daemon/seal/age/base64.ts";
import type { Stanza } from "../../../../daemon/seal/age/header-text.ts";
import { recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { unwrapFileKey, wrapFileKey } from "../../../../daemon/seal/age/stanza.ts";
import { filler, seeded, seededIdentity } from "./seeded.ts";
import { thrownBy } from "./thrown.ts";

const ann = seededIdentity("ann");
const fileKey = filler(16);
const good = wrapFileKey(fileKey, recipientOf(ann), seeded("share"));
const share = good.args[1] ?? "";
const unwrap = (...stanzas: Stanza[]) => unwrapFileKey(stanzas, [ann]);

test("a stanza gives the file key to its recipient and to nobody else", () => {
  expect(Uint8Array.from(unwrap(good) ?? [])).toEqual(fileKey);
  expect(unwrapFileKey([good], [seededIdentity("eve")])).toBeNull();
});

test("stanzas of types nobody knows are passed over", () => {
  const greases = [["grease"], ["x25519", share], ["X25519-", share]].map((args) => ({
    args,
    body: filler(3),
  }));
  expect(unwrap(...greases, good)).not.toBeNull();
  expect(unwrap(...greases)).toBeNull();
});

describe("no honest writer makes", () => {
  test.each([
    ["an argument more", ["X25519", share, "1"], 32, "exactly one share"],
    ["no share", ["X25519"], 32, "exactly one share"],
    ["a short share", ["X25519", encodeBase64(filler(31))], 32, "exactly one share"],
    ["a long share", ["X25519", encodeBase64(filler(33))], 32, "exactly one share"],
    ["a share in another spelling", ["X25519", `${share.slice(0, -1)}B`], 32, "exactly one share"],
    ["a longer file key", ["X25519", share], 41, "body has 41 bytes"],
    ["a shorter file key", ["X25519", share], 31, "body has 31 bytes"],
    ["a share of zero", ["X25519", encodeBase64(new Uint8Array(32))], 32, "low-order"],
    [
      "a share of one",
      ["X25519", encodeBase64(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0)))],
      32,
      "low-order",
    ],
  ])("%s", (_, args, bodyBytes, words) => {
    const bad = { args, body: filler(bodyBytes) };
    expect(thrownBy(() => unwrap(bad, good))).toMatch(new RegExp(`^corrupt: .*${words}`, "u"));
  });

  test("a malformed stanza after the right one is noticed too", () => {
    expect(thrownBy(() => unwrap(good, { args: ["X25519"], body: filler(32) }))).toContain("corrupt");
  });

  test("a passphrase beside another recipient", () => {
    const scrypt = { args: ["scrypt", "AAAA", "18"], body: filler(32) };
    expect(thrownBy(() => unwrap(good, scrypt))).toContain("corrupt: age header: a passphrase must be");
    expect(unwrap(scrypt)).toBeNull();
  });
});
