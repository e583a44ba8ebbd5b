/**
 * Pictures for who records a trace: as many as were asked for, sealed, and none that may not be seen any more.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { Stages } from "../../../daemon/eye/stages.ts";
import { TracePictures } from "../../../daemon/eye/trace-pictures.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { Recipient } from "../../../daemon/seal/age/keys.ts";
import { generateIdentity } from "../../../daemon/seal/age/keys.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import type { EyeToKeeper } from "../../../daemon/wire/messages.ts";
import type { MaskedFrame } from "../../../hal/frame.ts";
import { openJpegEncoder } from "../../../hal/gst/jpeg.ts";
import { viewer, viewers as owner } from "../seal/viewer.ts";
import { until } from "../keeper/page.ts";

const size = { width: 1_280, height: 720 };
const masker = createMasker(rasteriseOpening(size, null));
const memory = createPlainMemory(size.width, size.height);
const raw = createPlainMemory(size.width, size.height);

let jpeg: Awaited<ReturnType<typeof openJpegEncoder>>;
beforeAll(async () => {
  jpeg = await openJpegEncoder();
});
afterAll(() => jpeg.close());

function rig() {
  const told: Extract<EyeToKeeper, { type: "frame-picture" }>[] = [];
  const stage = new Stages().at("trace");
  const known = { viewers: owner as readonly Recipient[] };
  const pictures = new TracePictures({
    stage,
    viewers: () => known.viewers,
    jpeg: () => jpeg,
    report: (picture) => told.push(picture),
  });
  const frame = (sequence: number, ptsUs: number): MaskedFrame =>
    masker.apply({ ...raw, sequence, ptsUs }, memory);
  return {
    told,
    stage,
    known,
    pictures,
    /** Resolves when it was told or dropped, or was not due. */
    give: async (sequence: number, ptsUs: number): Promise<void> => {
      pictures.handleMasked(frame(sequence, ptsUs));
      await until(() => stage.in === stage.out + stage.dropped);
    },
    giveAtOnce: (sequence: number, ptsUs: number) => pictures.handleMasked(frame(sequence, ptsUs)),
  };
}

test("nothing is made until somebody asks, then one of each half second, and none after that", async () => {
  const { told, stage, pictures, give } = rig();
  await give(0, 0);
  pictures.turn(2);
  for (let n = 1; n <= 30; n += 1) await give(n, n * 100_000);
  pictures.turn(0);
  for (let n = 31; n <= 40; n += 1) await give(n, n * 100_000);
  expect(told.map(({ sequence }) => sequence)).toEqual([1, 6, 11, 16, 21, 26]);
  expect(stage).toMatchObject({ in: 6, out: 6, dropped: 0 });
});

test("a camera that begins anew counts its own time", async () => {
  const { told, pictures, give } = rig();
  pictures.turn(1);
  await give(400, 90_000_000);
  await give(0, 0);
  await give(1, 500_000);
  await give(2, 1_000_000);
  expect(told.map(({ sequence }) => sequence)).toEqual([400, 0, 2]);
});

test("a picture is small, and opens with the viewer's key and no other", async () => {
  const { told, pictures, give } = rig();
  pictures.turn(2);
  await give(7, 0);
  const sealed = Buffer.from(told[0]?.age ?? "", "base64");
  const plain = Buffer.from(open(sealed, [viewer]));
  expect(plain.readUInt16BE(0)).toBe(0xffd8);
  expect(sizeOf(plain)).toEqual([640, 360]);
  expect(() => open(sealed, [generateIdentity()])).toThrow(/identit/u);
  expect(sealed.includes(plain.subarray(0, 20))).toBe(false);
});

test.each([
  ["another line came into force", "outdate", "what may be seen changed while the picture was made"],
  ["nobody listens any more", "off", "what may be seen changed while the picture was made"],
  ["nobody may watch any more", "nobody", "nobody is enrolled who could open a picture"],
])("while it is made %s: it is not told", async (_, what, words) => {
  const { told, stage, pictures, known, give, giveAtOnce } = rig();
  pictures.turn(2);
  giveAtOnce(1, 0);
  if (what === "outdate") pictures.outdate();
  if (what === "off") pictures.turn(0);
  if (what === "nobody") known.viewers = [];
  await until(() => stage.dropped === 1);
  expect([told, stage.lastError]).toEqual([[], words]);
  known.viewers = owner;
  pictures.turn(2);
  await give(2, 600_000);
  expect(told.map(({ sequence }) => sequence)).toEqual([2]);
});

test("one at a time: what is due while another is made is counted", async () => {
  const { told, stage, pictures, giveAtOnce } = rig();
  pictures.turn(2);
  for (let n = 0; n < 4; n += 1) giveAtOnce(n, n * 500_000);
  await until(() => stage.out === 1);
  expect(told.map(({ sequence }) => sequence)).toEqual([0]);
  expect(stage).toMatchObject({ in: 4, out: 1, dropped: 3 });
});

/** Of the frame header (SOF0 to SOF2) of a JPEG. */
function sizeOf(jpeg: Buffer): [number, number] {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2))
    if (jpeg[at] === 0xff && [0xc0, 0xc1, 0xc2].includes(jpeg[at + 1] ?? 0))
      return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  return [0, 0];
}
