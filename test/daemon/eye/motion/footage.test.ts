/**
 * Real clips with labels. Needs ../shared/footage and ffmpeg; says so and is skipped without them.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import { fired, motionFor } from "./scene.ts";

const folder = join(import.meta.dirname, "../../../../../shared/footage");
const ready = existsSync(join(folder, "labels")) && spawnSync("ffmpeg", ["-version"]).status === 0;
if (!ready)
  process.stderr.write("motion on real footage: skipped, ../shared/footage or ffmpeg is not here\n");

type Span = readonly [from: number, to: number];
interface Labels {
  readonly fps: number;
  readonly positive: readonly Span[];
  readonly ignore: readonly Span[];
}
const [width, height] = [1280, 720];

async function* pictures(clip: string): AsyncGenerator<Uint8Array> {
  const size = (width * height * 3) / 2;
  const video = join(folder, `${clip}.mp4`);
  const args = ["-v", "error", "-i", video, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"];
  const child = spawn("ffmpeg", args, { stdio: ["ignore", "pipe", "inherit"] });
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of child.stdout) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    if (bytes < size) continue;
    const all = Buffer.concat(parts);
    let at = 0;
    for (; at + size <= all.length; at += size) yield all.subarray(at, at + size);
    parts = [all.subarray(at)];
    bytes = all.length - at;
  }
}

/** Seconds at which motion was seen. */
async function watch(clip: string, fps: number): Promise<number[]> {
  const show = { width, height, fps, luma: () => 0, frames: 0 };
  const motion = motionFor(show);
  const masker = createMasker(rasteriseOpening({ width, height }, wholePicture));
  const memory = createPlainMemory(width, height);
  const results: { readonly motion: boolean }[] = [];
  const plane = (data: Uint8Array, w: number, h: number) => ({ data, stride: w, width: w, height: h });
  for await (const data of pictures(clip)) {
    const luma = width * height;
    const y = plane(data.subarray(0, luma), width, height);
    const u = plane(data.subarray(luma, luma * 1.25), width / 2, height / 2);
    const v = plane(data.subarray(luma * 1.25), width / 2, height / 2);
    const timing = { ptsUs: results.length, sequence: results.length };
    results.push(motion.handle(masker.apply({ width, height, y, u, v, ...timing }, memory)));
  }
  return fired(results).map((frame) => frame / fps);
}

const within = (t: number, spans: readonly Span[], before = 0, after = 0): boolean =>
  spans.some(([from, to]) => t >= from - before && t < to + after);

describe.skipIf(!ready)("real clips", () => {
  test.each([
    ["atv", 0],
    ["bgsvideo", 0],
    ["bicycle", 0],
    ["brightness", 0],
    ["cars", 0],
    ["s_head", 0],
    ["s_light", 0],
    ["s_noise", 0],
    ["s_rain", 0],
  ])(
    "%s: every event is seen, and %d empty frames fire",
    async (clip, most) => {
      const { fps, positive, ignore } = JSON.parse(
        readFileSync(join(folder, "labels", `${clip}.json`), "utf8"),
      ) as Labels;
      const seen = await watch(clip, fps);
      for (const span of positive) expect(seen.some((t) => within(t, [span], 0, 0.5))).toBe(true);
      const wrong = seen.filter((t) => !within(t, ignore) && !within(t, positive, 0.5, 2));
      expect(wrong.length).toBeLessThanOrEqual(most);
    },
    60_000,
  );
});
