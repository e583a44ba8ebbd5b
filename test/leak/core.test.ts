/**
 * The hunt inside the eye: what its pipeline holds, shows and says, with the canary and without.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import type { I420 } from "../../hal/frame.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import { wholePicture } from "../../daemon/eye/mask/whole-picture.ts";
import { runCore, size, type Core } from "./core.ts";
import { decodeJpeg, decodeVideo } from "./decode.ts";
import { planes, searchPictures, type Search } from "./search.ts";
import { expectCanary, expectClean } from "./verdict.ts";

let folder = "";
let loud: Core;
let calm: Core;

async function coreOf(shape: MaskShape | null, canary: boolean, frames?: number): Promise<Core> {
  const clips = await mkdtemp(join(folder, "clips-"));
  return runCore({ folder: clips, shape, canary, ...(frames === undefined ? {} : { frames }) });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-leak-"));
  loud = await coreOf(porchPolicy, true);
  calm = await coreOf(porchPolicy, false);
}, 90_000);
afterAll(() => rm(folder, { recursive: true }));

/** Every fifth picture: the canary is in all of them or in none. */
function someOf(pictures: readonly I420[]): I420[] {
  return pictures.filter((_, i) => i % 5 === 0);
}

function searchVideo(mp4: Uint8Array): Search {
  const pictures = decodeVideo(mp4);
  expect(pictures.length).toBeGreaterThan(10);
  return searchPictures(someOf(pictures), size);
}

describe("of a canary over everything hidden", () => {
  test("motion, guard, thumbnails, snapshots and encoder are handed nothing", () => {
    expectClean(searchPictures(someOf(loud.masked), size), "masked frames");
    expect(loud.masked.length).toBe(190);
  });

  test("the pre-roll buffer holds nothing, once decoded", () => {
    expectClean(searchVideo(loud.prerollVideo), "pre-roll");
  });

  test("the live units show nothing, once decoded", { timeout: 40_000 }, () => {
    expectClean(searchVideo(loud.liveVideo), "live");
  });

  test("the thumbnails show nothing, once decoded", () => {
    expect(loud.thumbnails.length).toBeGreaterThanOrEqual(2);
    expectClean(searchPictures(loud.thumbnails.map(decodeJpeg), size), "thumbnails");
  });
});

describe("with the canary and without it", () => {
  test("every byte of video and of thumbnails is the same", () => {
    expect(loud.preroll.length).toBeGreaterThan(40);
    expect(Buffer.compare(Buffer.from(loud.prerollVideo), Buffer.from(calm.prerollVideo))).toBe(0);
    expect(Buffer.compare(Buffer.from(loud.liveVideo), Buffer.from(calm.liveVideo))).toBe(0);
    expect(loud.thumbnails).toEqual(calm.thumbnails);
  });

  test("every masked frame is the same, to the bit", () => {
    for (const [i, frame] of loud.masked.entries())
      for (const plane of planes)
        expect(
          Buffer.compare(frame[plane].data, calm.masked[i]?.[plane].data ?? frame[plane].data.subarray(1)),
        ).toBe(0);
  });

  test("motion sees the same: every score, box and zone of every frame", () => {
    expect(loud.motion.some(({ motion }) => motion)).toBe(true);
    expect(loud.motion).toEqual(calm.motion);
  });

  test("the motion journal is the same, to the byte, and not empty", () => {
    expect(loud.journal.length).toBeGreaterThan(1_000);
    expect(Buffer.compare(loud.journal, calm.journal)).toBe(0);
  });

  test("the eye says the same to the keeper", () => {
    // which of two comes first depends on when encoder and disk are done; a sealed file never has the same bytes
    const words = ({ said }: Core) =>
      Object.groupBy(
        said.map((message) => ({ ...message, sha256: "" })),
        ({ type }) => type,
      );
    expect(loud.said.map(({ type }) => type)).toContain("event-opened");
    expect(words(loud)).toEqual(words(calm));
  });
});

describe("the hunt itself", () => {
  const neighbours: [string, MaskShape][] = [
    ["an open mask", wholePicture],
    ["a forgotten privacy zone", { ...porchPolicy, privacyZones: [] }],
    [
      "a line that is a few pixels too high",
      {
        ...porchPolicy,
        propertyLine: porchPolicy.propertyLine.map(([x, y]) => [x, y === 1 ? 1 : Math.max(0, y - 0.04)]),
      },
    ],
  ];
  test.each(neighbours)(
    "finds %s, in every plane, after the encoder",
    { timeout: 60_000 },
    async (what, shape) => {
      const core = await coreOf(shape, true);
      expectCanary(searchVideo(core.prerollVideo), `${what}: pre-roll`);
      expectCanary(searchPictures(core.thumbnails.map(decodeJpeg), size), `${what}: thumbnails`);
      expect(core.motion).not.toEqual(calm.motion.slice(0, 60));
    },
  );
});
