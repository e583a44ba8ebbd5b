/** The whole doorbell on a real V4L2 camera: masked, recorded, sealed, and through its loss. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseIdentity } from "../../daemon/seal/age/keys.ts";
import { open } from "../../daemon/seal/age/seal.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { testKeys } from "../../scripts/rigs/paired.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import { startEye } from "../daemon/eye/eye-process.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";
import { findVivid, type Vivid } from "./video/vivid.ts";

const bench = findVivid();
const vivid = bench as Vivid;
const flags = [
  "--camera.driver=gst",
  "--camera.source=auto",
  "--camera.width=320",
  "--camera.height=180",
  "--camera.fps=10",
  "--camera.stallMs=1500",
  "--motion.sensitivity=0", // the bars do not move, the noise of a lost signal would
  "--button.driver=sim",
  "--pir.driver=sim",
];
const wait = { timeout: 120_000, interval: 200 };

async function ring(daemon: Daemon): Promise<Event> {
  const known = new Set((await eventsOf(daemon)).map(({ id }) => id));
  await daemon.fetch("/api/sim/press", { method: "POST" });
  return vi.waitFor(async () => {
    const found = (await eventsOf(daemon)).find(({ id, clip }) => !known.has(id) && clip !== null);
    if (found === undefined) throw new Error("no clip of this ring");
    return found;
  }, wait);
}

const eventsOf = async (daemon: Daemon): Promise<Event[]> =>
  (await getJson<{ events: Event[] }>(daemon, "/api/events?limit=20")).events;
const clipOf = (daemon: Daemon, { clip }: Event): Promise<Clip> =>
  getJson<Clip>(daemon, `/api/clips/${clip}`);

function cameraIs(daemon: Daemon, state: Status["camera"]["state"]): Promise<Status> {
  return vi.waitFor(async () => {
    const status = await getJson<Status>(daemon, "/api/status");
    expect(status.camera.state).toBe(state);
    return status;
  }, wait);
}

/** Of every file of a clip: sealed to the owner, to nobody else's key, and a picture of some size inside. */
async function expectSealed(data: string, clip: string): Promise<void> {
  const names = await readdir(join(data, "clips"), { recursive: true });
  const files = names.filter((name) => name.includes(clip) && name.endsWith(".age"));
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const file of files) {
    const sealed = await readFile(join(data, "clips", file));
    expect(open(sealed, [parseIdentity(testKeys(1).sealIdentity)]).length).toBeGreaterThan(100);
    expect(() => open(sealed, [parseIdentity(testKeys(2).sealIdentity)])).toThrow();
  }
}

describe.skipIf(bench === null)(
  "sill run on a V4L2 camera (vivid; skipped where the kernel has none)",
  () => {
    beforeAll(() => vivid.restore());
    beforeEach(() => vivid.plugIn());
    afterAll(() => vivid.restore());

    test("without a policy the eye sees nothing of it", async () => {
      await using folder = await tempFolder();
      await using eye = await startEye({ data: folder.path, paired: false, flags });
      const status = await vi.waitFor(() => {
        const found = eye.told.findLast((each) => each.type === "eye-status");
        if (found?.camera.state !== "running") throw new Error("not running yet");
        return found;
      }, wait);
      expect(status.camera).toMatchObject({ name: `gst v4l2 ${vivid.path}`, width: 320, height: 180 });
      expect([status.mask.visibleFrac, status.mask.policyVersion]).toEqual([0, null]);
    });

    test("with the owner's policy a ring is recorded and sealed, and a lost camera closes its clip and comes back", async () => {
      await using folder = await tempFolder();
      await using daemon = await startDaemon({ data: folder.path, flags, startMs: wait.timeout });
      const { mask, encoder } = await cameraIs(daemon, "running");
      expect([mask.visibleFrac > 0, encoder]).toEqual([true, "x264enc"]);

      const first = await ring(daemon);
      await vi.waitFor(
        async () => expect((await clipOf(daemon, first)).fragments.length).toBeGreaterThan(0),
        wait,
      );
      vivid.pullOut();
      const lost = await cameraIs(daemon, "failed");
      expect(lost.camera.fault?.message).toMatch(/was unplugged|no camera/);
      await vi.waitFor(async () => expect((await clipOf(daemon, first)).state).toBe("complete"), wait);
      await expectSealed(folder.path, first.clip ?? "");
      await vi.waitFor(async () => expect(await historyOf(daemon)).toContain("gives no picture"), wait);

      vivid.plugIn();
      await cameraIs(daemon, "running");
      const second = await ring(daemon);
      expect(second.clip).not.toBe(first.clip);
      await vi.waitFor(async () => expect((await clipOf(daemon, second)).state).toBe("complete"), wait);
      await expectSealed(folder.path, second.clip ?? "");
      expect(await historyOf(daemon)).toContain("nothing was recorded for");

      vivid.set("dropPercent", 100);
      expect((await cameraIs(daemon, "stalled")).camera.fault?.kind).toBe("timeout");
      vivid.set("dropPercent", 0);
      await cameraIs(daemon, "running");
    });
  },
);

async function historyOf(daemon: Daemon): Promise<string> {
  const { entries } = await getJson<{ entries: { detail: string }[] }>(daemon, "/api/history");
  return entries.map(({ detail }) => detail).join("\n");
}
