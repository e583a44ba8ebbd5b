/**
 * Sealing: its CPU beside that of the recording it belongs to, at 720p.
 *
 * The doorbell's own pipeline (mask, motion, encode, seal, write) over frames that were drawn before,
 * so that no camera and no decoder counts; CPU of the whole process, encoder threads included. Then
 * every file that it wrote is opened and sealed again, on its own, to the same two viewers.
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsSchema } from "../../config/schema.ts";
import { buildPipeline, type ClipOutput } from "../../daemon/eye/build.ts";
import { DiskQueue } from "../../daemon/eye/record/disk-queue.ts";
import { Stages } from "../../daemon/eye/stages.ts";
import { generateIdentity, recipientOf } from "../../daemon/seal/age/keys.ts";
import { open, seal } from "../../daemon/seal/age/seal.ts";
import { systemClock } from "../../hal/clock.ts";
import { Fault } from "../../hal/fault.ts";
import type { RawFrame } from "../../hal/frame.ts";
import { openJpegEncoder } from "../../hal/gst/jpeg.ts";
import { newPicture } from "../../hal/sim/picture.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import { createPorch } from "../../hal/sim/porch/porch.ts";
import { porchFps } from "./clip.ts";
import { median } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const size = { width: 1280, height: 720 };
const frames = 60 * porchFps;
const drawn = 4 * porchFps;
const pressEvery = 5 * porchFps;
const rounds = 3;
const owner = generateIdentity();
const viewers = [owner, generateIdentity()].map(recipientOf);

export async function benchSealing(): Promise<Figure[]> {
  const raws = visit();
  const [fracs, pieces]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const folder = await mkdtemp(join(tmpdir(), "sill-bench-"));
    try {
      const recordedMs = await record(raws, folder);
      const sealed = await sealAgain(folder);
      fracs.push(sealed.totalMs / recordedMs);
      pieces.push(sealed.longestMs);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  return [
    figure("seal.cpu.frac", median(fracs), { unit: "of CPU", goal: 0.02 }),
    figure("seal.fragment.longest.ms", median(pieces), { unit: "ms CPU" }),
  ];
}

/** CPU of a minute that is recorded from beginning to end. */
async function record(raws: readonly RawFrame[], folder: string): Promise<number> {
  await using jpeg = await openJpegEncoder();
  const queue = new DiskQueue({ clock: systemClock, maxBytes: 1e9, onFull: () => {}, retry: false });
  const clips: ClipOutput = {
    queue,
    viewers: () => viewers,
    jpeg,
    folderOf: (clip) => join(folder, clip),
    sendLive: null,
  };
  let ids = 0;
  const { pipeline, output } = await buildPipeline({
    size,
    fps: porchFps,
    settings: settingsSchema.parse({}),
    shape: porchPolicy,
    stages: new Stages(),
    clips,
    newId: () => `bench-${(ids += 1)}`,
    wallMsAt: (ptsUs) => ptsUs / 1_000,
    report: () => {},
  });
  const start = process.cpuUsage();
  for (let i = 0; i < frames; i += 1) {
    pipeline.handle({ ...rawAt(raws, i), ptsUs: Math.round((i * 1e6) / porchFps), sequence: i });
    if (i % pressEvery === 0) pipeline.press(`press-${i}`);
    if (i % porchFps === 0) await queue.idle(); // and lets thumbnails come back
  }
  await pipeline.end("stopped");
  await queue.idle();
  const { user, system } = process.cpuUsage(start);
  await output?.encoder.close();
  if (queue.lastError !== null) throw queue.lastError;
  return (user + system) / 1_000;
}

/** Forth and back, so that nothing jumps. */
function rawAt(raws: readonly RawFrame[], i: number): RawFrame {
  const step = i % (2 * raws.length - 2);
  const raw = raws[step < raws.length ? step : 2 * raws.length - 2 - step];
  if (raw === undefined) throw new Fault("bug", "no frame to measure with");
  return raw;
}

/** CPU of this thread: sealing makes no other work. */
async function sealAgain(folder: string): Promise<{ totalMs: number; longestMs: number }> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".age"));
  const plains = await Promise.all(
    names.map(async (name) => open(await readFile(join(folder, name)), [owner])),
  );
  const times = plains.map((plain) => median(Array.from({ length: 5 }, () => cpuOfSealing(plain))));
  return { totalMs: times.reduce((sum, ms) => sum + ms, 0), longestMs: Math.max(...times) };
}

function cpuOfSealing(plain: Uint8Array): number {
  const start = process.threadCpuUsage();
  seal(plain, viewers);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1_000;
}

/** Four seconds of the porch while its first visitor comes to the door. */
function visit(): RawFrame[] {
  const porch = createPorch({ light: "day" }, size);
  return Array.from({ length: drawn }, (_, i) => {
    const picture = newPicture(size);
    porch.render(12_000 + (i * 1_000) / porchFps, picture);
    return { ...picture, ptsUs: i, sequence: i };
  });
}
