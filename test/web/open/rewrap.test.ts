/** Handing sealed files on in the browser, against what the doorbell's own code makes of them and `age`. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { sealHeader as nodeSealHeader } from "../../../daemon/seal/age/header.ts";
import {
  formatIdentity,
  generateIdentity,
  identityFromSecret,
  parseRecipient,
  recipientOf,
} from "../../../daemon/seal/age/keys.ts";
import { rewrap as nodeRewrap } from "../../../daemon/seal/age/rewrap.ts";
import { open, seal } from "../../../daemon/seal/age/seal.ts";
import { keyPairFrom } from "../../../daemon/seal/age/x25519.ts";
import { keysOf } from "../../../daemon/identity/keys.ts";
import { openerWith } from "../../../web/open/age.ts";
import { hashChunks } from "../../../web/open/chunk-hashes.ts";
import { sealHeader } from "../../../web/open/header.ts";
import { sealTo } from "../../../web/open/seal.ts";

const owner = keysOf(new Uint8Array(32).fill(3));
const ownerIdentity = identityFromSecret(owner.sealSecret);
const agency = generateIdentity();
const { point } = recipientOf(agency);
const opener = openerWith(owner.sealSecret);
const member = recipientOf(generateIdentity());
const household = [member, parseRecipient(owner.sealTo)];

const filler = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31) % 251);
const file = seal(filler(100_000), household);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const payloadOf = (sealed: Uint8Array): Uint8Array =>
  sealed.subarray(
    nodeRewrap(sealed, { identities: [ownerIdentity], recipients: [recipientOf(agency)] }).payloadAt,
  );
const handedOn = (sealed: Uint8Array): Buffer =>
  Buffer.concat([opener.rewrap(sealed, point).header, payloadOf(sealed)]);

test("the recipient opens the old payload under the new header; the owner does not", () => {
  expect(Buffer.compare(open(handedOn(file), [agency]), filler(100_000))).toBe(0);
  expect(() => open(handedOn(file), [ownerIdentity])).toThrow(/none of 1 identities/u);
});

test("the doorbell's code writes the same header from the same draws, byte for byte", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (fileKey, share) => {
        const node = nodeSealHeader(fileKey, [recipientOf(agency)], {
          bytes: () => fileKey,
          keyPair: () => keyPairFrom(share),
        });
        expect(Buffer.compare(sealHeader(fileKey, point, Uint8Array.from(share)), node)).toBe(0);
      },
    ),
    { numRuns: 30 },
  );
});

test("what was drawn for a header is overwritten", () => {
  const share = new Uint8Array(32).fill(7);
  sealHeader(new Uint8Array(16), point, share);
  expect(share).toEqual(new Uint8Array(32));
});

test("two headers for one file have nothing in common but their form", () => {
  const [first = [], second = []] = [file, file].map((each) =>
    Buffer.from(opener.rewrap(each, point).header).toString("latin1").split("\n"),
  );
  expect(first.filter((line) => second.includes(line))).toEqual(["age-encryption.org/v1", ""]);
});

test("its hashes are those of the bytes that will leave", () => {
  const { header, bytes, chunks } = opener.rewrap(file, point);
  const leaves = Buffer.concat([header, payloadOf(file)]);
  expect({ bytes, chunks }).toEqual({ bytes: leaves.length, chunks: [sha256(leaves)] });
});

const mib = 1_048_576;
test.each([[[0]], [[1]], [[mib]], [[mib - 1, 1]], [[200, mib - 200]], [[200, mib]], [[5, 2 * mib, 0, 7]]])(
  "pieces of %j bytes are hashed in chunks of 1 MiB",
  (lengths) => {
    const pieces = lengths.map(filler);
    const whole = Buffer.concat(pieces);
    const chunks = Array.from({ length: Math.ceil(whole.length / mib) }, (_, i) =>
      sha256(whole.subarray(i * mib, (i + 1) * mib)),
    );
    expect(hashChunks(pieces)).toEqual({ bytes: whole.length, chunks });
  },
);

test("what was handed on opens again for the owner, and nothing else in its place", () => {
  const signed = opener.rewrap(file, point);
  expect(Buffer.compare(opener.openSame(file, signed), filler(100_000))).toBe(0);
  const another = seal(filler(100_000), household); // the same picture, sealed once more
  expect(() => opener.openSame(another, signed)).toThrow(/not the recording that was chosen/u);
  const changed = Uint8Array.from(file);
  changed[file.length - 1] = (changed[file.length - 1] ?? 0) ^ 1;
  expect(() => opener.openSame(changed, signed)).toThrow(/not the recording that was chosen/u);
});

test("who cannot open a file cannot hand it on, and a changed header is not handed on", () => {
  expect(() => opener.rewrap(seal(filler(10), [member]), point)).toThrow("not sealed to your key");
  const greased = Buffer.from(file).toString("latin1").replace("--- ", "-> grease\n\n--- ");
  expect(() => opener.rewrap(Buffer.from(greased, "latin1"), point)).toThrow(/MAC does not match/u);
});

test("a recipient that protects nothing is refused", () => {
  expect(() => opener.rewrap(file, new Uint8Array(32))).toThrow(/low-order point/u);
});

test.each([0, 1, 65_535, 65_536, 65_537, 200_000])(
  "a letter sealed in the browser opens at the recipient's: %i bytes",
  (length) => {
    expect(Buffer.compare(open(sealTo(point, filler(length)), [agency]), filler(length))).toBe(0);
  },
);

const hasAge = spawnSync("age", ["--version"]).status === 0;
describe.skipIf(!hasAge)("the age command (skipped where Debian's age is not installed)", () => {
  const folder = mkdtemp(join(tmpdir(), "sill-rewrap-"));
  afterAll(async () => rm(await folder, { recursive: true }));

  test.each([
    ["what is handed on", () => handedOn(file), 100_000],
    ["a letter", () => sealTo(point, filler(70_000)), 70_000],
  ])("opens %s", async (_, make, length) => {
    const key = join(await folder, "key.txt");
    await writeFile(key, `${formatIdentity(agency)}\n`, { mode: 0o600 });
    const { status, stdout } = spawnSync("age", ["-d", "-i", key], { input: make(), maxBuffer: 1 << 25 });
    expect(status).toBe(0);
    expect(Buffer.compare(stdout, filler(length))).toBe(0);
  });
});
