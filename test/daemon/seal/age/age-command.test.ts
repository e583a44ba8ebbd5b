/**
 * Against the `age` and `age-keygen` commands (Debian package age): files and keys of each are
 * good for the other. Skipped, with this reason, where they are not installed.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  formatIdentity,
  generateIdentity,
  parseIdentities,
  recipientOf,
} from "../../../../daemon/seal/age/keys.ts";
import { rewrap } from "../../../../daemon/seal/age/rewrap.ts";
import { open, seal } from "../../../../daemon/seal/age/seal.ts";
import { filler } from "./seeded.ts";

const isInstalled = ["age", "age-keygen"].every((command) => spawnSync(command, ["--version"]).status === 0);
const sizes = [0, 1, 65_535, 65_536, 65_537, 500_000];
const me = generateIdentity();

function run(command: string, args: readonly string[], input: Uint8Array = new Uint8Array(0)): Buffer {
  const { status, stdout, stderr } = spawnSync(command, args, { input, maxBuffer: 1 << 25 });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

let folder = "";
let keyFile = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-age-"));
  keyFile = join(folder, "key.txt");
  await writeFile(keyFile, `# a comment\n${formatIdentity(me)}\n`, { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(!isInstalled)("the age command (skipped where Debian's age is not installed)", () => {
  test.each(sizes)("opens what we seal: %i bytes", (length) => {
    const file = seal(filler(length), [recipientOf(generateIdentity()), recipientOf(me)]);
    expect(run("age", ["-d", "-i", keyFile], file).equals(filler(length))).toBe(true);
  });

  test.each(sizes)("seals what we open: %i bytes", (length) => {
    const file = run(
      "age",
      ["-r", recipientOf(generateIdentity()).text, "-r", recipientOf(me).text],
      filler(length),
    );
    expect(Buffer.compare(open(file, [me]), filler(length))).toBe(0);
  });

  test("counts chunks as we do, past the 256th", () => {
    const plain = Buffer.alloc(17_000_000, "porch");
    const file = seal(plain, [recipientOf(me)]);
    expect(run("age", ["-d", "-i", keyFile], file).equals(plain)).toBe(true);
  });

  test("opens what we hand on", () => {
    const other = generateIdentity();
    const file = run("age", ["-r", recipientOf(other).text], filler(70_000));
    const { header, payloadAt } = rewrap(file, { identities: [other], recipients: [recipientOf(me)] });
    const handedOn = Buffer.concat([header, file.subarray(payloadAt)]);
    expect(run("age", ["-d", "-i", keyFile], handedOn).equals(filler(70_000))).toBe(true);
  });

  test("knows our keys, and we those of age-keygen", () => {
    expect(run("age-keygen", ["-y", keyFile]).toString().trim()).toBe(recipientOf(me).text);
    const written = run("age-keygen", []).toString();
    const [identity] = parseIdentities(written);
    expect(written).toContain(`# public key: ${identity === undefined ? "" : recipientOf(identity).text}\n`);
  });

  test("refuses what we refuse: a file cut off after a whole chunk", () => {
    const file = seal(filler(65_537), [recipientOf(me)]).subarray(0, -17);
    expect(() => run("age", ["-d", "-i", keyFile], file)).toThrow(/EOF|decrypt/u);
    expect(() => open(file, [me])).toThrow("the file is cut off after it");
  });
});
