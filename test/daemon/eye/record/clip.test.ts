import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ClipRecording } from "../../../../daemon/eye/record/clip.ts";
import { DiskQueue } from "../../../../daemon/eye/record/disk-queue.ts";
import type { EyeToKeeper } from "../../../../daemon/wire/messages.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";
import { units } from "./units.ts";

function openClip(folder: string) {
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
  expect(types()).toEqual(["clip-opened", "clip-fragment", "clip-fragment", "clip-closed"]);
  expect(told.at(-1)).toMatchObject({ endWallMs: 5_000, reason: "quiet" });
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
  expect(queue.dropped).toBe(3);
});

test("whose folder cannot be made says nothing: there is no clip", async () => {
  const { clip, queue, types } = openClip("/dev/null/clip-0001");
  for (const unit of units({ count: 40, fps: 10, gopFrames: 10 })) clip.push(unit);
  clip.close("quiet");
  await queue.idle();
  expect(types()).toEqual([]);
});
