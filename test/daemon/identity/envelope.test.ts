import { createPrivateKey, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromBase64Url, toBase64Url } from "../../../daemon/identity/base64url.ts";
import { payloadTypes, signedBytes, type Envelope } from "../../../daemon/identity/envelope.ts";
import { keysOf, signEnvelope } from "../../../daemon/identity/keys.ts";
import { publicKeyOf, verifyEnvelope } from "../../../daemon/identity/verify.ts";
import { verifyInBrowser } from "../../../daemon/identity/verify-in-browser.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const schema = z.strictObject({ say: z.string() });
const wanted = { type: payloadTypes.login, schema, trusts: () => true, what: "message" } as const;
const owner = testKeys(1);
const letters = ["A", "Q", "g", "w", "0", "9", "_", "-", "{", "}", '"', ":", ",", "x"];

describe("the bytes that are signed", () => {
  test("are those of the published example of DSSE", () => {
    const bytes = signedBytes("http://example.com/HelloWorld", new TextEncoder().encode("hello world"));
    expect(text(bytes)).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  test("count bytes, not letters", () => {
    expect(text(signedBytes("é", new TextEncoder().encode("ü")))).toBe("DSSEv1 2 é 2 ü");
  });

  test("are different for any two pairs of type and payload", () => {
    const pair = fc.tuple(fc.string(), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(pair, pair, ([typeA, a], [typeB, b]) => {
        fc.pre(typeA !== typeB || toBase64Url(a) !== toBase64Url(b));
        expect(toBase64Url(signedBytes(typeA, a))).not.toBe(toBase64Url(signedBytes(typeB, b)));
      }),
    );
  });
});

describe.each([
  ["node", verifyEnvelope],
  ["a browser", verifyInBrowser],
] as const)("an envelope, verified by %s,", (_where, verify) => {
  test("that noble signed is verified, and says who and what", () => {
    const verified = verify(signEnvelope(owner, payloadTypes.login, { say: "hello" }), wanted);
    expect(verified).toMatchObject({ value: { say: "hello" }, signKey: owner.signKey });
    expect(verified.sha256).toMatch(/^[0-9a-f]{64}$/u);
  });

  test("with any one letter changed is refused", () => {
    const good = JSON.stringify(signEnvelope(owner, payloadTypes.login, { say: "hello" }));
    const trusts = (key: string): boolean => key === owner.signKey;
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom(...letters), (at, letter) => {
        const changed = good.slice(0, at) + letter + good.slice(at + 1);
        fc.pre(changed !== good);
        expect(() => verify(jsonOr(changed), { ...wanted, trusts })).toThrow();
      }),
      { numRuns: 400 },
    );
  });

  test.each<[string, (envelope: Envelope) => unknown, string]>([
    ["of another type", (e) => ({ ...e, payloadType: payloadTypes.policy }), "has the type"],
    ["without a signature", (e) => ({ ...e, signatures: [] }), "not a signed message"],
    [
      "with two signatures",
      (e) => ({ ...e, signatures: [...e.signatures, ...e.signatures] }),
      "not a signed message",
    ],
    ["with a field more", (e) => ({ ...e, extra: 1 }), "not a signed message"],
    ["that is no object", () => "hello", "not a signed message"],
    ["that is nothing", () => null, "not a signed message"],
    ["with padding", (e) => ({ ...e, payload: `${e.payload}=` }), "not a signed message"],
    ["whose payload has another shape", () => signEnvelope(owner, payloadTypes.login, "x"), "not valid"],
  ])("%s is refused", (_name, change, words) => {
    const envelope = change(signEnvelope(owner, payloadTypes.login, { say: "hello" }));
    expect(() => verify(envelope, wanted)).toThrow(words);
  });

  test("whose signature was made for another type does not pass under this one", () => {
    const foreign = signEnvelope(owner, payloadTypes.policy, { say: "hello" });
    expect(() => verify({ ...foreign, payloadType: payloadTypes.login }, wanted)).toThrow("does not fit");
  });

  test("by a key that is not asked for is refused before any cryptography", () => {
    const { signatures, ...rest } = signEnvelope(testKeys(2), payloadTypes.login, { say: "hello" });
    const nonsense = { ...rest, signatures: signatures.map((each) => ({ ...each, sig: "A".repeat(86) })) };
    const trusts = (key: string): boolean => key === owner.signKey;
    expect(() => verify(nonsense, { ...wanted, trusts })).toThrow("may not sign");
  });

  test.each([
    ["is no JSON", "{"],
    ["is no UTF-8", Uint8Array.of(0xff, 0xfe)],
    ["has an unknown key", '{"say":"hello","more":1}'],
  ])("whose payload %s is refused although it is signed", (_name, payload) => {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    const { signKey } = owner;
    const sig = sign(null, signedBytes(payloadTypes.login, bytes), nodeKey(owner.signSecret));
    const envelope = {
      payloadType: payloadTypes.login,
      payload: toBase64Url(bytes),
      signatures: [{ keyid: signKey, sig: toBase64Url(sig) }],
    };
    expect(() => verify(envelope, wanted)).toThrow(/not JSON|not valid/u);
  });

  test("by what is no point of the curve is refused with words", () => {
    const keyid = "A".repeat(43);
    const envelope = signEnvelope({ ...owner, signKey: keyid }, payloadTypes.login, { say: "hello" });
    expect(() => verify(envelope, wanted)).toThrow(/does not fit|not an Ed25519/u);
    expect(() => publicKeyOf("short")).toThrow("not an Ed25519 public key");
  });
});

test("node and a browser give a message the same name", () => {
  const envelope = signEnvelope(owner, payloadTypes.login, { say: "hello" });
  expect(verifyInBrowser(envelope, wanted)).toEqual(verifyEnvelope(envelope, wanted));
});

describe("base64url", () => {
  test("reads back what it wrote, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const written = toBase64Url(bytes);
        expect(written).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64Url(written)).toEqual(bytes);
      }),
    );
    for (const wrong of ["A", "AB", "AA=", "A A", "+/", "AAAAA", "AAB"])
      expect(fromBase64Url(wrong)).toBe(null);
  });
});

function jsonOr(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** PKCS 8 of an Ed25519 secret: a fixed head and the 32 bytes. */
function nodeKey(secret: Uint8Array) {
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([head, secret]), format: "der", type: "pkcs8" });
}

test("a seed of the wrong length is a bug of ours", () => {
  expect(() => keysOf(new Uint8Array(31))).toThrow("32 bytes");
});
