import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import type { ReplayLine } from "../../../../daemon/eye/replay/lines.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import { replayFile } from "../../../../daemon/eye/replay/replay.ts";
import { simCamera, type SimCameraOptions } from "../../../../hal/sim/camera.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";

/** The empty porch as a video, pressed once, 2 s in. */
async function replay(out: string, camera: Partial<SimCameraOptions>, stopAtFrac = Infinity) {
  const size = { width: 320, height: 180, fps: 10 };
  const driver = simCamera({ ...size, scene: "empty", pace: "fast", clock: new SimClock(), ...camera });
  await using opened = await driver.open();
  const stop = new AbortController();
  const [lines, progress]: [ReplayLine[], number[]] = [[], []];
  const ended = await replayFile(opened, {
    file: "porch.mp4",
    settings: settingsSchema.parse({}),
    shape: wholePicture,
    presses: [{ monoMs: 2_000 }],
    frames: false,
    out: { folder: out, sealTo: null, jpeg: null },
    print: (line) => lines.push(line),
    progress: (doneFrac) => {
      progress.push(doneFrac);
      if (doneFrac >= stopAtFrac) stop.abort();
    },
    signal: stop.signal,
  }).catch((error: unknown) => error);
  return { ended, lines, progress };
}

async function manifests(out: string): Promise<unknown[]> {
  const files = (await readdir(out, { recursive: true })).filter((name) => name.endsWith("clip.json"));
  return Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(out, name), "utf8")) as unknown),
  );
}

test("a video that breaks off gives its events and a whole clip up to there, and then its fault", async () => {
  await using folder = await tempFolder();
  const { ended, lines } = await replay(folder.path, { frames: 80, faults: [{ atMs: 5_000, kind: "lost" }] });
  expect(ended).toMatchObject({ kind: "unavailable" });
  expect(lines).toEqual([expect.objectContaining({ type: "event", kind: "ring", startMs: 2_000 })]);
  expect(await manifests(folder.path)).toMatchObject([
    { closed: { reason: "camera-lost", endWallMs: 5_000 } },
  ]);
});

test("a replay that is stopped closes what it recorded", async () => {
  await using folder = await tempFolder();
  const { ended } = await replay(folder.path, { frames: 100 }, 0.5);
  expect(ended).toMatchObject({ kind: "cancelled" });
  expect(await manifests(folder.path)).toMatchObject([{ closed: { endWallMs: 6_000 } }]);
});

test("says how far it is, and at the end that it is done", async () => {
  await using folder = await tempFolder();
  const { progress, lines } = await replay(folder.path, { frames: 80 });
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect([progress.length, progress.at(-1)]).toEqual([9, 1]);
  expect(lines.at(-1)).toMatchObject({
    type: "summary",
    frames: 80,
    durationMs: 8_000,
    dropped: 0,
    events: 1,
  });
});
