/**
 * Pipeline: what the doorbell's work costs beside the decode and encode that nobody can avoid.
 *
 * `sill replay --out` (decode, mask, motion, encode, write) against one gst-launch that decodes and
 * encodes the same video with the same encoder settings; CPU of the whole process, node's start
 * included, in turns. And mask and motion alone, per frame.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMasker } from "../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../daemon/eye/mask/memory.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import { createMotion } from "../../daemon/eye/motion/motion.ts";
import type { SummaryLine } from "../../daemon/eye/replay/lines.ts";
import { settingsSchema } from "../../config/schema.ts";
import { Fault } from "../../hal/fault.ts";
import type { RawFrame } from "../../hal/frame.ts";
import { encoderElement } from "../../hal/gst/encoder.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import { jsonLines } from "../rigs/sill.ts";
import { porchFps, renderPorchClip } from "./clip.ts";
import { cpuOf, cpuPerCall, median } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";
import { porchFrames } from "./porch-frames.ts";

const defaultSettings = settingsSchema.parse({});
const rounds = 3;
const frames = 900;
const sizes = [
  { name: "720p", width: 1280, height: 720 },
  { name: "1080p", width: 1920, height: 1080 },
] as const;
const sill = join(import.meta.dirname, "..", "..", "sill");

export async function benchPipeline(note: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "sill-bench-"));
  try {
    const figures: Figure[] = [];
    for (const size of sizes) {
      note(`  rendering ${frames} frames of the porch at ${size.name}`);
      const video = join(folder, `${size.name}.mp4`);
      await renderPorchClip(video, { ...size, frames });
      note(`  replay against gst-launch at ${size.name}, ${rounds} rounds`);
      figures.push(...(await overhead(size, video, folder)));
    }
    note("  mask and motion alone");
    return [...figures, ...stages()];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function overhead(size: (typeof sizes)[number], video: string, folder: string): Promise<Figure[]> {
  const { bitrateKbps } = defaultSettings.recording;
  const encoder = await encoderElement({ ...size, fps: porchFps, bitrateKbps, gopFrames: porchFps });
  const launch = `filesrc location=${video} ! decodebin ! videoconvert ! video/x-raw,format=I420 ! ${encoder} ! h264parse ! fakesink`;
  const [ratios, ours]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const gst = await cpuOf(["gst-launch-1.0", "-q", ...launch.split(" ")]);
    const replay = await cpuOf([
      sill,
      "replay",
      video,
      "--json",
      "--out",
      join(folder, `out-${size.name}-${round}`),
    ]);
    const done = jsonLines<SummaryLine>(replay.stdout).at(-1)?.frames ?? Number.NaN;
    ratios.push(replay.cpuMs / gst.cpuMs);
    ours.push(replay.cpuMs / done);
  }
  return [
    figure(`pipeline.overhead.${size.name}`, median(ratios), { unit: "x", goal: 1.15 }),
    figure(`pipeline.frame.${size.name}.ms`, median(ours), { unit: "ms CPU" }),
  ];
}

/** Mask and motion on a second of the busy porch, played round and round. */
function stages(): Figure[] {
  const figures: Figure[] = [];
  for (const { name, width, height } of sizes) {
    const opening = rasteriseOpening({ width, height }, porchPolicy);
    const masker = createMasker(opening);
    const raws = porchFrames(width, height);
    const memory = createPlainMemory(width, height);
    const rawAt = (call: number): RawFrame => raws[call % raws.length] ?? fail();
    const maskMs = cpuPerCall((call) => masker.apply(rawAt(call), memory), 1_000);
    const frames = raws.map((raw) => masker.apply(raw, createPlainMemory(width, height)));
    const motion = createMotion({
      width,
      height,
      fps: porchFps,
      settings: defaultSettings.motion,
      visible: opening.luma,
    });
    const motionMs = cpuPerCall((call) => motion.handle(frames[call % frames.length] ?? fail()), 1_000);
    figures.push(figure(`mask.${name}.ms`, maskMs, { unit: "ms CPU", goal: 0.25 }));
    const motionName = name === "720p" ? "motion.frame.ms" : `motion.frame.${name}.ms`;
    figures.push(figure(motionName, motionMs, { unit: "ms CPU", goal: 0.6 }));
  }
  return figures;
}

function fail(): never {
  throw new Fault("bug", "no frame to measure with");
}
