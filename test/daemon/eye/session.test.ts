import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settingsSchema } from "../../../config/schema.ts";
import { DiskQueue } from "../../../daemon/eye/record/disk-queue.ts";
import { Session } from "../../../daemon/eye/session.ts";
import { Stages } from "../../../daemon/eye/stages.ts";
import { decodeLive, type LiveUnit } from "../../../daemon/wire/live.ts";
import type { EyeToKeeper } from "../../../daemon/wire/messages.ts";
import type { Policy } from "../../../daemon/wire/policy.ts";
import { systemClock } from "../../../hal/clock.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { simCamera, type SimCameraOptions } from "../../../hal/sim/camera.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-session-"));
});
afterAll(() => rm(folder, { recursive: true }));

const porch: Policy = { version: 1, ...porchPolicy };
const settings = settingsSchema.parse({});

/** A session on the fast porch: 10 fps, small, its first visitor rings 15 s in. */
async function openSession(camera: Partial<SimCameraOptions>, policy: Policy | null = porch) {
  const clips = join(folder, String(Math.random()).slice(2));
  const driver = simCamera({
    width: 320,
    height: 180,
    fps: 10,
    pace: "fast",
    clock: systemClock,
    stallMs: 50,
    ...camera,
  });
  const opened = await driver.open();
  const [told, live]: [EyeToKeeper[], LiveUnit[]] = [[], []];
  const queue = new DiskQueue({ clock: systemClock, maxBytes: 1e8, onFull: () => {} });
  const stages = new Stages();
  const session = new Session(
    opened,
    { policy, watched: true },
    {
      settings,
      clock: systemClock,
      stages,
      clips: {
        queue,
        jpeg: null,
        folderOf: (clip) => join(clips, clip),
        sendLive: (bytes) => live.push(decodeLive(bytes)),
      },
      report: (message) => told.push(message),
    },
  );
  return {
    session,
    told,
    live,
    stages,
    clips,
    /** Runs until `frames` were seen or the camera failed; resolves to what ended it. */
    run: async (frames: number, onFrame: (n: number) => void = () => {}): Promise<unknown> => {
      let seen = 0;
      const ended = await session
        .run(() => {
          seen += 1;
          onFrame(seen);
          if (seen >= frames) session.stop();
        })
        .catch((error: unknown) => error);
      await queue.idle();
      await opened.close();
      return ended;
    },
  };
}
const types = (told: readonly EyeToKeeper[]) => told.map((message) => message.type);

describe("a session", () => {
  test("records the visitor: event and clip open and close, every fragment is on the disk", async () => {
    const { run, told, clips } = await openSession({});
    expect(await run(400)).toBe(undefined);
    expect(types(told)).toEqual(
      expect.arrayContaining(["event-opened", "clip-opened", "clip-fragment", "event-closed", "clip-closed"]),
    );
    const opened = told.find((message) => message.type === "clip-opened");
    const fragments = told.filter(
      (message) => message.type === "clip-fragment" && message.clip === opened?.clip,
    );
    const files = await readdir(join(clips, opened?.clip ?? ""));
    expect(files.filter((name) => name.endsWith(".m4s"))).toHaveLength(fragments.length);
    expect(JSON.parse(await readFile(join(clips, opened?.clip ?? "", "clip.json"), "utf8"))).toMatchObject({
      closed: { reason: expect.any(String) },
    });
  });

  test("with no policy shows, tells and records nothing, though somebody walks up", async () => {
    const { run, told, session } = await openSession({}, null);
    let visible = 1;
    await run(300, () => (visible = session.visibleFrac));
    expect([visible, told]).toEqual([0, []]);
  });

  test("a press is recorded with no movement at all, pre-roll included", async () => {
    const { run, told, session } = await openSession({ scene: "empty" });
    await run(200, (n) => {
      if (n === 100) session.press("ring-0001");
    });
    expect(types(told)).not.toContain("event-opened");
    const opened = told.find((message) => message.type === "clip-opened");
    const closed = told.find((message) => message.type === "clip-closed");
    expect(opened?.events).toEqual(["ring-0001"]);
    const lengthMs = (closed?.type === "clip-closed" ? closed.endWallMs : 0) - (opened?.startWallMs ?? 0);
    expect(lengthMs).toBeGreaterThanOrEqual(
      settings.recording.preRollMs + settings.recording.postRollMs - 100,
    );
  });

  test("a policy that closes ends what is recorded under the old one and starts a new stream", async () => {
    const { run, told, live, session } = await openSession({ scene: "empty" });
    await run(60, (n) => {
      if (n === 20) session.press("ring-0001");
      if (n === 30) session.setPolicy(null);
    });
    expect(session.recording).toBe(null);
    expect(types(told).filter((type) => type === "clip-closed")).toHaveLength(1);
    expect(live.filter((unit) => unit.kind === "init")).toHaveLength(2);
  });

  test("sends live units only while somebody watches", async () => {
    const { run, live, session } = await openSession({ scene: "empty" });
    let atOff = 0;
    await run(60, (n) => {
      if (n === 30) {
        session.watch(false);
        atOff = live.length;
      }
    });
    expect(atOff).toBeGreaterThan(20);
    expect(live.length).toBe(atOff);
    expect(live[0]?.kind).toBe("init");
    expect(live[1]?.kind).toBe("key");
  });
});

describe("a camera that", () => {
  test.each([
    ["stalls", "stall", "timeout"],
    ["disappears", "lost", "unavailable"],
    ["changes its size", "resize", "unavailable"],
  ] as const)(
    "%s ends the session with a clear fault, the clip closed and durable",
    async (_name, kind, fault) => {
      const { run, told, session } = await openSession({ scene: "empty", faults: [{ atMs: 6_000, kind }] });
      const ended = await run(100, (n) => {
        if (n === 40) session.press("ring-0001");
      });
      expect(ended).toMatchObject({ kind: fault });
      expect(told.at(-1)).toMatchObject({ type: "clip-closed", reason: "camera-lost" });
      expect(types(told)).toContain("clip-fragment");
    },
  );
});
