/**
 * A parcel's pictures, from the porch's frames to sealed files: what a page shows is what the camera saw.
 *
 * The courier of the porch's second visit, recorded by the eye's own pipeline; the owner's key opens the files and
 * ffmpeg reads them. The detector reads the porch's truth and is never wrong.
 */
import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replayClips } from "../../../../daemon/eye/replay/output.ts";
import { generateIdentity, recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { open } from "../../../../daemon/seal/age/seal.ts";
import { clipFiles } from "../../../../daemon/wire/paths.ts";
import { Fault } from "../../../../hal/fault.ts";
import { openJpegEncoder } from "../../../../hal/gst/jpeg.ts";
import { createPorch, type Porch } from "../../../../hal/sim/porch/porch.ts";
import type { Detector } from "../../../../models/detector.ts";
import { runPorch, type RunEvent } from "../../../../scripts/rigs/porch-run.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";
import { porchDetector } from "./porch-detector.ts";

const size = { width: 320, height: 180 };
const stretch = { fromMs: 108_000, toMs: 146_000 };
const limit = 120_000;

/** Where the courier's parcel lies, from when it does, and when he is gone. */
function courier(porch: Porch): { box: readonly number[]; goneMs: number } {
  const times = Array.from(
    { length: (stretch.toMs - stretch.fromMs) / 250 },
    (_, i) => stretch.fromMs + i * 250,
  );
  const at = (tMs: number) => porch.truth(tMs).items.filter(({ inside }) => inside);
  const lies = times.filter((tMs) => at(tMs).some(({ kind }) => kind === "parcel"));
  const goneMs = lies.find((tMs) => !at(tMs).some(({ kind }) => kind === "person")) ?? Number.NaN;
  return { box: at(goneMs).find(({ kind }) => kind === "parcel")?.box ?? [], goneMs };
}

interface Recorded {
  readonly event: RunEvent | undefined;
  readonly files: readonly string[];
  /** Luma of a picture of its recording, as it was opened. */
  readonly luma: (name: "parcel-left-before" | "parcel-left-after") => Promise<Uint8Array>;
}

async function record(
  folder: string,
  porch: Porch,
  { detector, postRollMs }: { detector: Detector; postRollMs: number },
): Promise<Recorded> {
  const identity = generateIdentity();
  await using jpeg = await openJpegEncoder();
  const clips = await replayClips({ folder, sealTo: recipientOf(identity), jpeg });
  const settings = { recording: { postRollMs } };
  const { events } = await runPorch(porch, detector, { ...stretch, fps: 8, settings, clips });
  const event = events.find(({ what }) => what?.happenings.some(({ kind }) => kind === "parcel-left"));
  const clip = join(folder, event?.clip ?? "none");
  return {
    event,
    files: event === undefined ? [] : await readdir(clip),
    luma: async (name) => lumaOf(open(await readFile(join(clip, clipFiles.picture(name))), [identity])),
  };
}

function lumaOf(jpeg: Uint8Array): Uint8Array {
  const args = ["-loglevel", "error", "-i", "-", "-f", "rawvideo", "-pix_fmt", "gray", "-"];
  const { stdout, status, stderr } = spawnSync("ffmpeg", args, { input: jpeg });
  if (status !== 0) throw new Fault("corrupt", `ffmpeg: ${String(stderr)}`);
  return stdout;
}

/** Mean difference of two pictures in a box, in levels. */
function differenceIn(
  [left = 0, top = 0, width = 0, height = 0]: readonly number[],
  a: Uint8Array,
  b: Uint8Array,
) {
  let sum = 0;
  for (let y = top; y < top + height; y += 1)
    for (let x = left; x < left + width; x += 1)
      sum += Math.abs((a[y * size.width + x] ?? 0) - (b[y * size.width + x] ?? 0));
  return sum / (width * height);
}

async function expectPictures({ files, luma }: Recorded, box: readonly number[]): Promise<void> {
  expect(files).toEqual(
    expect.arrayContaining([clipFiles.picture("parcel-left-before"), clipFiles.picture("parcel-left-after")]),
  );
  const [before, after] = [await luma("parcel-left-before"), await luma("parcel-left-after")];
  expect(before).toHaveLength(size.width * size.height);
  expect(differenceIn(box, before, after)).toBeGreaterThan(12);
  // a stretch of the floor beside it is as it was
  const [x = 0, y = 0, w = 0, h = 0] = box;
  expect(differenceIn([x + 3 * w, y, w, h], before, after)).toBeLessThan(5);
}

describe("a parcel that is left", () => {
  test("lies in the recording before and after, sealed to the owner", { timeout: limit }, async () => {
    await using folder = await tempFolder();
    const porch = createPorch({ seed: 1, light: "day", rain: "off" }, size);
    const options = { detector: porchDetector(porch, 0), postRollMs: 6_000 };
    await expectPictures(await record(folder.path, porch, options), courier(porch).box);
  });

  test(
    "is told, with its pictures, when the model finds its voice after the event is over",
    { timeout: limit },
    async () => {
      await using folder = await tempFolder();
      const porch = createPorch({ seed: 1, light: "day", rain: "off" }, size);
      const { box, goneMs } = courier(porch);
      const truth = porchDetector(porch, 0);
      const silent: Detector = {
        ...truth,
        detect: async (frame, regions, signal) => {
          const tMs = frame.ptsUs / 1_000;
          if (tMs > goneMs - 1_000 && tMs < goneMs + 7_000) throw new Fault("unavailable", "it rests");
          return truth.detect(frame, regions, signal);
        },
      };
      const recorded = await record(folder.path, porch, { detector: silent, postRollMs: 1_500 });
      const toldMs = recorded.event?.what?.happenings.find(({ kind }) => kind === "parcel-left")?.wallMs;
      expect(toldMs).toBeGreaterThan(goneMs + 7_000);
      expect(recorded.event?.endMs).toBeLessThan(goneMs + 5_000);
      await expectPictures(recorded, box);
    },
  );
});
