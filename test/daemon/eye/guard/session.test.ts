/** The guard in its place: a session on a bumped porch, its pictures decoded again. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { Sentry } from "../../../../daemon/eye/guard/sentry.ts";
import { DiskQueue } from "../../../../daemon/eye/record/disk-queue.ts";
import { Session } from "../../../../daemon/eye/session.ts";
import { Stages } from "../../../../daemon/eye/stages.ts";
import type { Policy } from "../../../../daemon/policy/policy.ts";
import { decodeLive, type LiveUnit } from "../../../../daemon/wire/live.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { simCamera } from "../../../../hal/sim/camera.ts";
import { policyOf, testKeys } from "../../../../scripts/rigs/paired.ts";
import type { Bump } from "../../../../scripts/rigs/warp.ts";
import { bumpedCamera } from "./bumped-camera.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-guard-"));
});
afterAll(() => rm(folder, { recursive: true }));

const fps = 10;
const first = policyOf(testKeys(9).signKey);
const second = policyOf(testKeys(9).signKey, { version: 2 });
const bump = { right: 0.02 };

interface Run {
  readonly data: string;
  readonly policy?: Policy;
  readonly frames: number;
  readonly bumpAt?: (frame: number) => Bump | null;
  readonly onFrame?: (frame: number, session: Session, sentry: Sentry) => void;
}

/** Runs a session to its end: what part of the picture was visible, frame by frame, and what went live. */
async function runSession({ data, policy = first, frames, bumpAt = () => null, onFrame }: Run) {
  const driver = simCamera({
    width: 320,
    height: 180,
    fps,
    frames,
    scene: "empty",
    light: "day",
    pace: "fast",
    clock: systemClock,
  });
  const camera = bumpedCamera(await driver.open(), bumpAt);
  const stages = new Stages();
  const sentry = new Sentry({ folder: join(data, "guard"), clock: systemClock, stage: stages.at("guard") });
  const live: LiveUnit[] = [];
  const queue = new DiskQueue({ clock: systemClock, maxBytes: 1e8, onFull: () => {} });
  const session = new Session(
    camera,
    { policy, watched: true },
    {
      settings: settingsSchema.parse({}),
      clock: systemClock,
      stages,
      clips: {
        queue,
        viewers: () => [],
        jpeg: null,
        folderOf: (clip) => join(data, clip),
        sendLive: (bytes) => live.push(decodeLive(bytes)),
      },
      sentry,
      stills: null,
      report: () => {},
    },
  );
  const visible: boolean[] = [];
  const run = session.run(() => {
    visible.push(session.visibleFrac > 0);
    onFrame?.(visible.length - 1, session, sentry);
  });
  await run.catch(() => {}); // the porch comes to its end
  await sentry.idle();
  await camera.close();
  return { visible, live, sentry };
}

const newFolder = (): Promise<string> => mkdtemp(join(folder, "data-"));

test("a bump closes the picture within 2 s, and no live stream of before goes on", async () => {
  const data = await newFolder();
  const at = 80;
  const { visible, live, sentry } = await runSession({
    data,
    frames: 120,
    bumpAt: (n) => (n < at ? null : bump),
  });
  const closed = visible.indexOf(false);
  expect(visible.slice(0, at)).not.toContain(false);
  expect((closed - at) / fps).toBeLessThanOrEqual(2);
  expect(visible.slice(closed)).not.toContain(true);
  expect(live.filter(({ kind }) => kind === "init")).toHaveLength(2);
  expect(sentry.status).toMatchObject({ state: "tripped", reason: "moved" });
});

test("after a restart a bumped camera shows not one picture until an owner signs another policy", async () => {
  const data = await newFolder();
  await runSession({ data, frames: 90, bumpAt: (n) => (n < 70 ? null : bump) });
  const { visible, sentry } = await runSession({
    data,
    frames: 120,
    bumpAt: () => bump,
    onFrame: (n, session) => n === 29 && session.setPolicy(second),
  });
  expect(visible.slice(0, 30)).not.toContain(true);
  expect(visible.slice(30)).not.toContain(false);
  expect(sentry.status.state).toBe("watching");
  expect(await readdir(join(data, "guard"))).toEqual(["000002.json"]);
});

test("a camera that was bumped while its scene was still being learnt shows not one picture after a restart", async () => {
  const data = await newFolder();
  const learning = await runSession({ data, frames: 50, bumpAt: (n) => (n < 20 ? null : bump) });
  expect(learning.sentry.status).toMatchObject({ state: "tripped", reason: "moved" });
  const { visible } = await runSession({ data, frames: 70, bumpAt: () => bump });
  expect(visible).not.toContain(true);
});

test("a camera that was moved while it was off shows not one picture", async () => {
  const data = await newFolder();
  await runSession({ data, frames: 70 });
  const { visible } = await runSession({ data, frames: 30, bumpAt: () => bump });
  expect(visible).not.toContain(true);
});

test("a camera that stands where it stood shows the first picture after a restart", async () => {
  const data = await newFolder();
  await runSession({ data, frames: 70 });
  const { visible } = await runSession({ data, frames: 10 });
  expect(visible).not.toContain(false);
});

test("a damaged reference closes the picture: a guess would follow the camera", async () => {
  const data = await newFolder();
  await runSession({ data, frames: 70 });
  await writeFile(join(data, "guard", "000001.json"), '{"policy":');
  const { visible, sentry } = await runSession({ data, frames: 10 });
  expect(visible).not.toContain(true);
  expect(sentry.status).toMatchObject({ state: "tripped", reason: "changed" });
});
