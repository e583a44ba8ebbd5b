import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ClipRecording } from "../../../../daemon/eye/record/clip.ts";
import { DiskQueue } from "../../../../daemon/eye/record/disk-queue.ts";
import { generateIdentity, recipientOf, type Recipient } from "../../../../daemon/seal/age/keys.ts";
import { open } from "../../../../daemon/seal/age/seal.ts";
import type { EyeToKeeper } from "../../../../daemon/wire/messages.ts";
import { clipFiles } from "../../../../daemon/wire/paths.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";
import { viewer, viewers } from "../../seal/viewer.ts";
import { units } from "./units.ts";

function openClip(folder: string, now: () => readonly Recipient[] = () => viewers) {
  const told: EyeToKeeper[] = [];
  const queue = new DiskQueue({ clock: new SimClock(), maxBytes: 1e6, onFull: () => {} });
  const clip = new ClipRecording({
    clip: "clip-0001",
    folder,
    size: { width: 320, height: 180 },
    config: { avcC: new Uint8Array([1, 66, 192, 31]), codec: "avc1.42c01f" },
    startUs: 0,
    startWallMs: 1_000,
    events: [{ event: "ring-0001", kind: "ring", startWallMs: 3_000 }],
    queue,
    viewers: now,
    report: (message) => told.push(message),
  });
  return { clip, queue, told, types: () => told.map(({ type }) => type) };
}

test("tells the keeper of the folder, each fragment and the end, in this order", async () => {
  await using temp = await tempFolder();
  const { clip, queue, told, types } = openClip(join(temp.path, "day", "clip-0001"));
  for (const unit of units({ count: 40, fps: 10, gopFrames: 10 })) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  const fragments = Array.from({ length: 4 }, () => "clip-fragment");
  expect(types()).toEqual(["clip-opened", ...fragments, "clip-closed"]);
  expect(told.at(-1)).toMatchObject({ endWallMs: 5_000, reason: "quiet" });
});

test("no fragment is so long that with the way to the disk more than two seconds could be lost", async () => {
  await using temp = await tempFolder();
  const { clip, queue, told } = openClip(join(temp.path, "day", "clip-0001"));
  for (const unit of units({ count: 40, fps: 10, gopFrames: 30 })) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  const lengths = told.flatMap((each) => (each.type === "clip-fragment" ? [each.durationMs] : []));
  expect(Math.max(...lengths)).toBeLessThanOrEqual(1_500);
  expect(lengths.reduce((sum, each) => sum + each, 0)).toBe(4_000);
});

test("whose folder vanishes while it is recorded is told as failed, not as recording for ever", async () => {
  await using temp = await tempFolder();
  const folder = join(temp.path, "day", "clip-0001");
  const { clip, queue, told } = openClip(folder);
  await queue.idle();
  await rm(folder, { recursive: true });
  for (const unit of units({ count: 40, fps: 10, gopFrames: 10 })) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  expect(told.slice(1)).toEqual([
    { type: "clip-closed", clip: "clip-0001", endWallMs: 5_000, reason: "failed" },
  ]);
  expect(queue.dropped).toBe(5);
});

test("whose folder cannot be made says nothing: there is no clip", async () => {
  const { clip, queue, types } = openClip("/dev/null/clip-0001");
  for (const unit of units({ count: 40, fps: 10, gopFrames: 10 })) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  expect(types()).toEqual([]);
});

test("all but its clip.json is sealed: a video for its viewer, noise for everybody else", async () => {
  await using temp = await tempFolder();
  const folder = join(temp.path, "day", "clip-0001");
  const { clip, queue } = openClip(folder);
  clip.thumbnail(Buffer.from("\xff\xd8\xff\xe0 JFIF", "latin1"));
  for (const unit of units({ count: 40, fps: 10, gopFrames: 10 })) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  const names = (await readdir(folder)).sort();
  const fragments = [0, 1, 2, 3].map((index) => clipFiles.fragment(index));
  expect(names).toEqual([...fragments, "clip.json", "init.mp4.age", "thumb.jpg.age"]);
  const inside = { "000000.m4s.age": "moof", "init.mp4.age": "ftyp", "thumb.jpg.age": "JFIF" };
  for (const [name, word] of Object.entries(inside)) {
    const file = await readFile(join(folder, name));
    expect(file.includes(word)).toBe(false);
    expect(Buffer.from(open(file, [viewer])).includes(word)).toBe(true);
  }
});

test("somebody who is enrolled while it is recorded opens what is written from then on, and no more", async () => {
  await using temp = await tempFolder();
  const folder = join(temp.path, "day", "clip-0001");
  const member = generateIdentity();
  let now = viewers;
  const { clip, queue } = openClip(folder, () => now);
  const run = units({ count: 60, fps: 10, gopFrames: 10 });
  for (const unit of run.slice(0, 30)) clip.push(unit);
  await queue.idle();
  now = [...viewers, recipientOf(member)];
  for (const unit of run.slice(30)) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  const opens = async (name: string): Promise<boolean> => {
    const file = await readFile(join(folder, name));
    expect(open(file, [viewer]).length).toBeGreaterThan(0);
    try {
      return open(file, [member]).length > 0;
    } catch {
      return false;
    }
  };
  expect(await Promise.all([clipFiles.init, clipFiles.fragment(0)].map(opens))).toEqual([false, false]);
  expect(await Promise.all([3, 4, 5].map((index) => opens(clipFiles.fragment(index))))).toEqual([
    true,
    true,
    true,
  ]);
});

test("when the last viewer is gone nothing more of it is written, and that is counted with words", async () => {
  await using temp = await tempFolder();
  const folder = join(temp.path, "day", "clip-0001");
  let now = viewers;
  const { clip, queue } = openClip(folder, () => now);
  await queue.idle();
  now = [];
  for (const unit of units({ count: 40, fps: 10, gopFrames: 10 })) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  expect(queue.dropped).toBe(4);
  expect(queue.lastError?.message).toContain("nobody is enrolled");
  expect((await readdir(folder)).sort()).toEqual([clipFiles.manifest, clipFiles.init]);
});
