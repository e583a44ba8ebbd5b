/**
 * Pictures to compare detectors on, as packed I420: the simulated porch, real footage, pictures with boxes.
 */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { FrameGeometry } from "../../../hal/frame.ts";
import { newPicture } from "../../../hal/sim/picture.ts";
import { createPorch } from "../../../hal/sim/porch/porch.ts";

export interface Shown extends FrameGeometry {
  readonly name: string;
  readonly i420: Uint8Array;
}

export const shared = join(import.meta.dirname, "../../../../shared");

const porchMs = [20_000, 32_000];
const moments = [
  ["office", 20],
  ["onebyone", 30],
  ["cars", 12],
  ["walkers", 20],
  ["bicycle", 8],
] as const;

export function porchPictures(): Shown[] {
  const size = { width: 1280, height: 720 };
  const porch = createPorch({ seed: 5, visitorsPerHour: 240, visitor: "close", light: "day" }, size);
  return porchMs.map((tMs) => {
    const { y, u, v } = newPicture(size);
    porch.render(tMs, { ...size, y, u, v });
    return { ...size, name: `porch ${tMs}`, i420: new Uint8Array(Buffer.concat([y.data, u.data, v.data])) };
  });
}

export function footagePictures(): Shown[] {
  const size = { width: 640, height: 360 };
  return moments.map(([clip, second]) => {
    const from = ["-ss", String(second), "-i", join(shared, "footage", `${clip}.mp4`)];
    return { ...size, name: clip, i420: ffmpeg([...from, "-frames:v", "1"], size) };
  });
}

/** Every `step`th picture of det320. */
export function boxedPictures(step: number): Shown[] {
  const folder = join(shared, "traindata");
  const rows = readFileSync(join(folder, "det320.csv"), "utf8").trim().split("\n").slice(1);
  const pack = openSync(join(folder, "det320.bin"), "r");
  try {
    return rows
      .filter((_, at) => at % step === 0)
      .map((row) => {
        const [offset = 0, length = 0, width = 0, height = 0] = row.split(",", 4).map(Number);
        const jpeg = Buffer.alloc(length);
        readSync(pack, jpeg, 0, length, offset);
        const size = { width: width - (width % 2), height: height - (height % 2) };
        return { ...size, name: `det320 ${offset}`, i420: ffmpeg(["-i", "-"], size, jpeg) };
      });
  } finally {
    closeSync(pack);
  }
}

function ffmpeg(input: readonly string[], { width, height }: FrameGeometry, stdin?: Uint8Array): Uint8Array {
  const scale = `scale=${width}:${height}:out_range=tv:out_color_matrix=bt601`;
  const args = ["-v", "error", ...input, "-vf", scale, "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"];
  const { stdout, status, stderr } = spawnSync("ffmpeg", args, { input: stdin, maxBuffer: 2 ** 26 });
  if (status !== 0 || stdout.length !== (width * height * 3) / 2)
    throw new Error(`ffmpeg ${args.join(" ")}: ${stdout.length} bytes, ${stderr.toString()}`);
  return new Uint8Array(stdout);
}
