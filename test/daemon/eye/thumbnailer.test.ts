import { expect, test } from "vitest";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { wholePicture } from "../../../daemon/eye/mask/whole-picture.ts";
import { Stages } from "../../../daemon/eye/stages.ts";
import { Thumbnailer } from "../../../daemon/eye/thumbnailer.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { MaskedFrame } from "../../../hal/frame.ts";
import { newPicture } from "../../../hal/sim/picture.ts";

const size = { width: 32, height: 16 };
const masker = createMasker(rasteriseOpening(size, wholePicture));

function frameAt(s: number): MaskedFrame {
  return masker.apply({ ...newPicture(size), ptsUs: s * 1e6, sequence: s }, createPlainMemory(32, 16));
}

/** An encoder that writes down when a picture was taken instead of the picture. */
function thumbnails() {
  const taken: [clip: string, atS: number][] = [];
  const thumbnailer = new Thumbnailer({
    jpeg: {
      encode: async ({ ptsUs }) => Uint8Array.of(ptsUs / 1e6),
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    },
    stage: new Stages().at("record"),
    deliver: (clip, [atS = 0]) => taken.push([clip, atS]),
  });
  return { thumbnailer, taken };
}

test("the moment, a second later, then only clearly better ones, a few per clip", async () => {
  const { thumbnailer, taken } = thumbnails();
  thumbnailer.begin("one", 1e6);
  for (const s of [1, 2, 3]) thumbnailer.handle(frameAt(s));
  for (const [s, worth] of [
    [4, 0.2],
    [5, 0.22],
    [6, 0.3],
    [7, 0.1],
    [8, 0.4],
    [9, 0.6],
    [10, 0.9],
  ] as const)
    thumbnailer.offer(frameAt(s), worth);
  await thumbnailer.idle();
  expect(taken.map(([, s]) => s)).toEqual([1, 2, 4, 6, 8, 9]);
});

test("a better moment takes the place of the second look; another clip begins anew; without one nothing is taken", async () => {
  const { thumbnailer, taken } = thumbnails();
  thumbnailer.offer(frameAt(0), 1);
  thumbnailer.begin("one", 1e6);
  thumbnailer.handle(frameAt(1));
  thumbnailer.offer(frameAt(2), 0.9);
  thumbnailer.handle(frameAt(3));
  thumbnailer.begin("two", 4e6);
  thumbnailer.handle(frameAt(4));
  thumbnailer.offer(frameAt(5), 0.1);
  await thumbnailer.idle();
  expect(taken).toEqual([
    ["one", 1],
    ["one", 2],
    ["two", 4],
    ["two", 5],
  ]);
});

test("a ring in the same clip begins anew: its picture too gives way to better ones, whatever was there before", async () => {
  const { thumbnailer, taken } = thumbnails();
  thumbnailer.begin("one", 0);
  thumbnailer.handle(frameAt(0));
  for (const [s, worth] of [
    [1, 0.2],
    [2, 0.3],
    [3, 0.5],
    [4, 0.9],
  ] as const)
    thumbnailer.offer(frameAt(s), worth);
  thumbnailer.begin("one", 10e6);
  thumbnailer.handle(frameAt(10));
  for (const [s, worth] of [
    [11, 0.4],
    [12, 0.41],
    [13, 0.7],
  ] as const)
    thumbnailer.offer(frameAt(s), worth);
  await thumbnailer.idle();
  expect(taken.map(([, s]) => s)).toEqual([0, 1, 2, 3, 4, 10, 11, 13]);
});
