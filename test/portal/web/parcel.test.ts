import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { manifestText } from "../../../daemon/consent/grant.ts";
import { custodyOf } from "../../../portal/web/parcel/custody.ts";
import { hashHex } from "../../../portal/web/parcel/hash.ts";
import { filesOf, openFile, readParcel, type ReadParcel } from "../../../portal/web/parcel/parcel.ts";
import { timelineOf } from "../../../portal/web/parcel/timeline.ts";
import { parseRecipient } from "../../../daemon/seal/age/keys.ts";
import { seal } from "../../../daemon/seal/age/seal.ts";
import { openerWith } from "../../../web/open/age.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import { agencyKeys, listed, makeParcel, nowMs, type MadeParcel } from "./samples.ts";

const opener = openerWith(agencyKeys.sealSecret);
const open = async (file: Uint8Array): Promise<Uint8Array> => opener.open(file);

async function read(parcel: MadeParcel, grant = parcel.grant): Promise<ReadParcel> {
  const letter = parcel.bytes.slice(0, parcel.letterBytes);
  return readParcel({ grant, bytes: parcel.bytes.length, letter }, { open, hash: hashHex });
}

async function openAll(parcel: MadeParcel): Promise<Uint8Array[]> {
  const { clips } = await read(parcel);
  const plain: Uint8Array[] = [];
  for (const file of filesOf(clips)) {
    const bytes = parcel.bytes.slice(file.at, file.at + file.bytes);
    plain.push(await openFile(bytes, file, { open: (sealed) => opener.open(sealed), hash: hashHex }));
  }
  return plain;
}

describe("a parcel", () => {
  const parcel = makeParcel();

  test("gives out its letter and every file as it was recorded", async () => {
    const { letter, letterSha256 } = await read(parcel);
    expect(letter.note).toBe("the man at the left");
    expect(letterSha256).toMatch(/^[0-9a-f]{64}$/u);
    const [init, large, small] = await openAll(parcel);
    expect(init).toEqual(Uint8Array.of(1, 2, 3));
    expect(large).toEqual(new Uint8Array(1_500_000).fill(7));
    expect(small).toEqual(Uint8Array.of(9));
  });

  test("has the manifest that the owner's grant lists", async () => {
    const { clips, manifest } = await read(parcel);
    const letter = listed(parcel.bytes.slice(0, parcel.letterBytes));
    const items = [letter, ...filesOf(clips).map(({ bytes, chunks }) => ({ bytes, chunks: [...chunks] }))];
    expect(manifest).toBe(createHash("sha256").update(manifestText(items)).digest("hex"));
  });

  test("of which any one bit was changed is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(parcel.bytes.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = parcel.bytes.slice();
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        await expect(openAll({ ...parcel, bytes })).rejects.toThrow();
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ["cut", parcel.bytes.slice(0, -1)],
    ["made longer", Uint8Array.from([...parcel.bytes, 0])],
  ])("that was %s is refused before a file is opened", async (_how, bytes) => {
    await expect(read({ ...parcel, bytes })).rejects.toMatchObject({
      kind: "corrupt",
      message: "it is shorter or longer than its letter says",
    });
  });

  test("of another grant is refused", async () => {
    await expect(read(parcel, "grant-0002")).rejects.toThrow("belongs to another parcel");
  });

  test("that is sealed to somebody else is refused in words", async () => {
    const foreign = makeParcel({ to: testKeys(9).sealTo });
    await expect(read(foreign)).rejects.toMatchObject({
      kind: "denied",
      message: "the letter cannot be opened with this key",
    });
  });

  test("whose letter names another key than the one that signed it is refused", async () => {
    const forged = makeParcel({
      by: testKeys(9),
      change: (letter) => ({ ...letter, ownerKey: testKeys(1).signKey }),
    });
    await expect(read(forged)).rejects.toThrow("the letter's signature does not fit");
  });

  test("whose letter was signed and then changed is refused", async () => {
    const broken = makeParcel({ change: (letter) => ({ ...letter, unknown: 1 }) });
    await expect(read(broken)).rejects.toThrow("the letter's signature does not fit");
  });

  test("whose file lists too few hashes is refused", async () => {
    const bytes = new Uint8Array(2_000_000);
    const file = { name: "piece 1", ...listed(bytes) };
    const hands = { open: () => Uint8Array.of(1), hash: hashHex };
    await expect(openFile(bytes, file, hands)).resolves.toEqual(Uint8Array.of(1));
    const short = { ...file, chunks: file.chunks.slice(1) };
    await expect(openFile(bytes, short, hands)).rejects.toThrow("piece 1 is not what its owner signed");
  });

  test("of which one file is sealed to somebody else is refused by that file's name", async () => {
    const foreign = seal(Uint8Array.of(1), [parseRecipient(testKeys(9).sealTo)]);
    const bytes = Uint8Array.from(foreign);
    const file = { name: "piece 1", ...listed(bytes) };
    await expect(
      openFile(bytes, file, { open: (sealed) => opener.open(sealed), hash: hashHex }),
    ).rejects.toMatchObject({
      kind: "denied",
      message: "piece 1 cannot be opened with this key",
    });
  });
});

describe("the timeline", () => {
  const fragment = (startMs: number, durationMs = 2_000) => ({
    index: 0,
    startMs,
    durationMs,
    bytes: 1,
    chunks: [],
  });
  const of = (...starts: number[]) =>
    timelineOf({ startWallMs: 1_000, fragments: starts.map((at) => fragment(at)) });

  test("closes what was left out, and counts it", () => {
    const { pieces, totalMs, gaps, startWallMs } = of(6_000, 8_000, 20_000);
    expect(pieces.map(({ startMs }) => startMs)).toEqual([0, 2_000, 4_000]);
    expect(pieces.map(({ offsetMs }) => offsetMs)).toEqual([-6_000, -6_000, -16_000]);
    expect({ totalMs, gaps, startWallMs }).toEqual({ totalMs: 6_000, gaps: 1, startWallMs: 7_000 });
  });

  test("takes a rounding of milliseconds for no gap", () => {
    expect(of(0, 2_001, 4_002).gaps).toBe(0);
  });
});

test("the record of custody names the hashes that a third party needs", async () => {
  const parcel = await read(makeParcel());
  const videos = [{ name: "recording-1.mp4", sha256: "c".repeat(64), bytes: 12 }];
  const text = custodyOf({
    portal: "https://portal.example",
    parcel,
    videos,
    openedWallMs: nowMs,
    receipt: null,
  });
  const record = JSON.parse(text) as {
    recordings: { video: unknown; sealedFiles: unknown[] }[];
    manifest: unknown;
  };
  expect(record.recordings[0]?.video).toEqual(videos[0]);
  expect(record.recordings[0]?.sealedFiles).toHaveLength(3);
  expect(text).toContain(parcel.manifest);
  expect(text).toContain(parcel.letterSha256);
});
