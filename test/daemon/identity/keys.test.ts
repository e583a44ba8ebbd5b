import { createPrivateKey, createPublicKey, hkdfSync } from "node:crypto";
import { expect, test } from "vitest";
import { boardKeyOf, boardLabel, keysOf, sealLabel, signLabel } from "../../../daemon/identity/keys.ts";

/** 00 01 02 ... 1f */
const seed = Uint8Array.from({ length: 32 }, (_, index) => index);

test("one seed makes these keys, for ever", () => {
  const { signKey, sealTo, sealIdentity } = keysOf(seed);
  expect(signKey).toBe("x-lH2P16PTU42P21hhZce_AgxhdWbBPhmPHmFUe0Mu4");
  // age-keygen -y answers this recipient for this identity
  expect(sealTo).toBe("age10uh9h9kft5wyxqqgr5qsd6mnutknjef6j2v87azldv4v00qww9asehrmmx");
  expect(sealIdentity).toBe("AGE-SECRET-KEY-1C4LZYN6L988QGCR2TJHYHQE9G70CUC0CUA6QXMUD2TVFPMPDE67Q43VELD");
});

test("its secrets are HKDF-SHA-256 of the seed with the two labels, as node counts it too", () => {
  const { sealSecret, signSecret } = keysOf(seed);
  expect([sealLabel, signLabel]).toEqual(["sill v1 seal x25519", "sill v1 sign ed25519"]);
  const expected = {
    seal: "c57e224f5f29ce04606a5cae4b8325479f8e61f8e774036f8d52d890ec2dcebc",
    sign: "fa5411b3be55aaaaa7373ffdded703ce7bf758f02377b34738a1fc23d1dfc525",
  };
  expect(Buffer.from(sealSecret).toString("hex")).toBe(expected.seal);
  expect(Buffer.from(signSecret).toString("hex")).toBe(expected.sign);
  const hkdf = (label: string) => Buffer.from(hkdfSync("sha256", seed, "", label, 32)).toString("hex");
  expect([hkdf(sealLabel), hkdf(signLabel)]).toEqual([expected.seal, expected.sign]);
});

test("the key for boards is another one of the same seed", () => {
  expect(boardLabel).toBe("sill v1 board ed25519");
  const { signKey, signSecret } = boardKeyOf(seed);
  expect(signKey).toBe("Avu5lMoXlMINbCLqR1xeXhJv1zC7mPcchOboRXDuzD8");
  expect(Buffer.from(signSecret).toString("hex")).toBe(
    Buffer.from(hkdfSync("sha256", seed, "", boardLabel, 32)).toString("hex"),
  );
  expect(signKey).not.toBe(keysOf(seed).signKey);
});

test.each([
  ["household", keysOf(seed)],
  ["board", boardKeyOf(seed)],
])("the signing key of the %s is the one that node derives from the same secret", (_, keys) => {
  const { signSecret, signKey } = keys;
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  const key = createPrivateKey({ key: Buffer.concat([head, signSecret]), format: "der", type: "pkcs8" });
  expect(createPublicKey(key).export({ format: "jwk" }).x).toBe(signKey);
});
