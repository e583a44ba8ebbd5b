/**
 * Recordings that were cut, changed or sealed to somebody else, opened in the page.
 *
 * One doorbell records once; each test damages a copy of what it recorded, and a fresh browser looks.
 */
import { existsSync } from "node:fs";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import { generateIdentity, recipientOf } from "../../daemon/seal/age/keys.ts";
import { seal } from "../../daemon/seal/age/seal.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { clipFiles, clipFolder, dataPaths } from "../../daemon/wire/paths.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { words } from "../../web/words.ts";
import { openPage } from "./browser.ts";

const web = new URL("../../web/", import.meta.url);
const flags = [
  "--camera.width=320",
  "--camera.height=180",
  "--camera.fps=10",
  "--sim.visitorsPerHour=0",
  "--motion.sensitivity=0", // the ring's recording stays the newest
];
let daemon: Daemon;
let folder = "";

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startDaemon({ flags: [...flags, "--recording.postRollMs=2000"] });
  // a ring waits for the first picture no longer than it is recorded
  const camera = async () => ((await (await daemon.fetch("/api/status")).json()) as Status).camera.state;
  await vi.waitFor(async () => expect(await camera()).toBe("running"), { timeout: 60_000, interval: 100 });
  await daemon.fetch("/api/sim/press", { method: "POST" });
  const clip = await vi.waitFor(recordedClip, { timeout: 60_000, interval: 200 });
  folder = clipFolder(dataPaths(daemon.data), clip.id, clip.startWallMs);
});
afterAll(() => daemon?.stop());

async function recordedClip(): Promise<Clip> {
  const { events } = (await (await daemon.fetch("/api/events?kind=ring")).json()) as { events: Event[] };
  const clip = (await (await daemon.fetch(`/api/clips/${events[0]?.clip}`)).json()) as Clip;
  expect(clip.state).toBe("complete");
  return clip;
}

const changed = async (path: string): Promise<void> => {
  const file = await readFile(path);
  file.writeUInt8(file.readUInt8(file.length - 40) ^ 1, file.length - 40);
  await writeFile(path, file);
};
const cut = async (path: string): Promise<void> => truncate(path, (await readFile(path)).length - 40);
const sealedToOthers = async (path: string): Promise<void> =>
  writeFile(path, seal(Buffer.from("video"), [recipientOf(generateIdentity())]));
const plain = async (path: string): Promise<void> => writeFile(path, "\0\0\0 ftypiso5");

test.each<[string, string, (path: string) => Promise<void>, string]>([
  ["a fragment was changed", clipFiles.fragment(0), changed, words.player.corrupt],
  ["a fragment was cut off", clipFiles.fragment(0), cut, words.player.corrupt],
  ["its beginning was changed", clipFiles.init, changed, words.player.corrupt],
  ["its beginning was cut off", clipFiles.init, cut, words.player.corrupt],
  ["its beginning was sealed to others", clipFiles.init, sealedToOthers, words.player.denied],
  ["its beginning is no sealed file", clipFiles.init, plain, words.player.failed],
])("a recording of which %s is not played, and says why", async (_, name, damage, say) => {
  const path = join(folder, name);
  const whole = await readFile(path);
  await damage(path);
  try {
    await using watched = await openPage(daemon.url);
    await watched.page.locator(".row-open").first().click();
    await watched.page.getByTestId("player").getByText(say).waitFor({ timeout: 60_000 });
    const seen = await watched.page
      .locator(".player video")
      .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
    expect(seen).toBe(0);
  } finally {
    await writeFile(path, whole);
  }
});
