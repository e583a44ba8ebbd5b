/** What the page composes and the courier writes into an archive, opened again with the owner's key file. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { formatIdentity, generateIdentity, identityFromSecret } from "../../../daemon/seal/age/keys.ts";
import { openHeader } from "../../../daemon/seal/age/header.ts";
import { openerWith } from "../../../web/open/age.ts";
import { pointOf } from "../../../web/share/age-key.ts";
import { compose } from "../../../web/share/compose.ts";
import { partsOf } from "../../../web/share/parts.ts";
import { pathsOf, prepare } from "../../../web/share/prepare.ts";
import { clipPaths } from "../../../web/state/api.ts";
import { aClip, noonMs } from "../../web/samples.ts";
import { owner, plainOf, sealedFiles } from "../../web/share/sealed-clips.ts";
import { sill, type Printed } from "./command-line.ts";

const clips = [aClip(6, { id: "clip-0001" }), aClip(3, { id: "clip-0002", startWallMs: noonMs + 60_000 })];
const me = identityFromSecret(owner.sealSecret);

async function parcel(): Promise<Buffer> {
  const stored = sealedFiles(clips);
  const opener = openerWith(owner.sealSecret);
  const parts = partsOf(
    new Map([
      ["clip-0001", { fromMs: 2_000, toMs: 6_000 }],
      ["clip-0002", { fromMs: 0, toMs: 1_000 }],
    ]),
    clips,
  );
  const known = new Map();
  await prepare(parts, {
    known,
    signal: new AbortController().signal,
    fetchSealed: async (path) => new Uint8Array(stored.get(path) ?? []),
    rewrap: async (sealed) => opener.rewrap(sealed, pointOf(owner.sealTo)),
    onProgress: () => {},
  });
  const draft = {
    id: "0123456789abcdef0123",
    destination: { kind: "archive" } as const,
    recipient: { name: "Own archive", sealTo: owner.sealTo, deliverTo: "file:///srv/archive" },
    purpose: "",
    note: "",
    parts,
    notAfter: noonMs + 1,
  };
  const { order } = await compose(draft, known, {
    device: owner.signKey,
    ownerKey: owner.signKey,
    nowMs: noonMs,
    sign: async (type, value) => signEnvelope(owner, type, value),
  });
  const files = parts.flatMap(pathsOf).map((path, i) => {
    const sealed = stored.get(path) ?? new Uint8Array();
    return [Buffer.from(order.headers[i] ?? "", "base64"), sealed.subarray(openHeader(sealed, [me]).bytes)];
  });
  return Buffer.concat([Buffer.from(order.letter, "base64"), ...files.flat()]);
}

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-parcel-"));
  await writeFile(join(folder, "key.txt"), `${owner.sealIdentity}\n`);
  await writeFile(join(folder, "it.parcel"), await parcel());
});
afterEach(() => rm(folder, { recursive: true }));

const opened = (key = "key.txt"): Promise<Printed> =>
  sill([
    "parcel",
    "open",
    join(folder, "it.parcel"),
    `--identity=${join(folder, key)}`,
    `--out=${join(folder, "out")}`,
  ]);

test("each recording becomes one file of its init segment and the pieces that were granted", async () => {
  const { code, out, err } = await opened();
  expect(code, err).toBe(0);
  expect(out).toContain(owner.signKey);
  expect((await readdir(join(folder, "out"))).toSorted()).toEqual([
    "clip-0001.mp4",
    "clip-0002.mp4",
    "letter.json",
  ]);
  const paths = [clipPaths.init("clip-0001"), ...[1, 2].map((i) => clipPaths.fragment("clip-0001", i))];
  const file = await readFile(join(folder, "out", "clip-0001.mp4"));
  expect(Buffer.compare(file, Buffer.concat(paths.map(plainOf)))).toBe(0);
});

test("another key opens nothing and writes nothing", async () => {
  await writeFile(join(folder, "other.txt"), `${formatIdentity(generateIdentity())}\n`);
  expect((await opened("other.txt")).err).toMatch(/none of 1 identities/u);
  expect(await readdir(folder)).not.toContain("out");
});

test.each([
  ["cut off", (bytes: Buffer) => bytes.subarray(0, -1), /is not what was signed/u],
  ["longer", (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("x")]), /behind its end/u],
  [
    "changed",
    (bytes: Buffer) => Buffer.from(bytes).fill((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1),
    /is not what was signed/u,
  ],
  ["no parcel", () => Buffer.from("a film"), /no parcel/u],
])("a parcel that is %s is said to be, and nothing of it is written", async (_, change, words) => {
  await writeFile(join(folder, "it.parcel"), change(await parcel()));
  expect((await opened()).err).toMatch(words);
  expect(await readdir(folder)).not.toContain("out");
});

test("what is there already is left alone", async () => {
  await writeFile(join(folder, "out"), "mine");
  expect((await opened()).err).toMatch(/already there/u);
  expect(await readFile(join(folder, "out"), "utf8")).toBe("mine");
});
