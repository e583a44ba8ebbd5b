import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settingsSchema } from "../../../config/schema.ts";
import { DiskQueue } from "../../../daemon/eye/record/disk-queue.ts";
import { Session } from "../../../daemon/eye/session.ts";
import { Stages } from "../../../daemon/eye/stages.ts";
import { decodeLive, type LiveUnit } from "../../../daemon/wire/live.ts";
import { eyeToKeeperSchema, type EyeToKeeper } from "../../../daemon/wire/messages.ts";
import type { Policy } from "../../../daemon/policy/policy.ts";
import { systemClock } from "../../../hal/clock.ts";
import { simCamera, type SimCameraOptions } from "../../../hal/sim/camera.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { wholeView, type View } from "../../../hal/view.ts";
import { viewedCamera } from "../../../hal/viewed-camera.ts";
import { policyOf, testKeys } from "../../../scripts/rigs/paired.ts";

import { viewers } from "../seal/viewer.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-session-"));
});
afterAll(() => rm(folder, { recursive: true }));

const porch = policyOf(testKeys(9).signKey);
const settings = settingsSchema.parse({});

/** A session on the fast porch: 10 fps, small, its first visitor rings 15 s in. */
async function openSession(
  camera: Partial<SimCameraOptions>,
  policy: Policy | null = porch,
  { clock = systemClock, view = wholeView }: { clock?: Clock; view?: View } = {},
) {
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
  const opened = await viewedCamera(driver, { view, turns: false }).open();
  const [told, live]: [EyeToKeeper[], LiveUnit[]] = [[], []];
  const renewed: number[] = [];
  const queue = new DiskQueue({ clock: systemClock, maxBytes: 1e8, onFull: () => {} });
  const stages = new Stages();
  const session = new Session(
    opened,
    { policy, watched: true },
    {
      settings,
      clock,
      stages,
      clips: {
        queue,
        viewers: () => viewers,
        jpeg: null,
        folderOf: (clip) => join(clips, clip),
        sendLive: (bytes) => live.push(decodeLive(bytes)),
      },
      sentry: null,
      stills: null,
      report: (message) => told.push(message),
      onRenewed: () => renewed.push(session.visibleFrac),
    },
  );
  return {
    session,
    opened,
    told,
    live,
    renewed,
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
/** Runs `act` a number of promise turns from now. */
const soon = (turns: number, act: () => void): void =>
  turns === 0 ? act() : queueMicrotask(() => soon(turns - 1, act));
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
    expect(files.filter((name) => name.endsWith(".m4s.age"))).toHaveLength(fragments.length);
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

  test("masks everything and says why when the line was drawn on a picture of another shape", async () => {
    const other = policyOf(testKeys(9).signKey, { picture: { width: 640, height: 480 } });
    const { run, session } = await openSession({ scene: "empty" }, other);
    const seen: unknown[] = [];
    await run(4, (n) => {
      seen.push([session.visibleFrac > 0, session.maskFault?.kind ?? null]);
      if (n === 2) session.setPolicy(porch);
    });
    expect(seen).toEqual([
      [false, "denied"],
      [false, "denied"],
      [true, null],
      [true, null],
    ]);
  });

  test("the line stays where it is when the picture is turned or cropped, and nothing asks for it anew", async () => {
    const shown = async (view: View): Promise<unknown> => {
      const { run, session } = await openSession({ scene: "empty" }, porch, { view });
      let seen: unknown;
      await run(2, () => (seen = [session.visibleFrac, session.maskFault]));
      return seen;
    };
    const upright = await shown(wholeView);
    for (const rotate of [90, 180, 270] as const)
      expect(await shown({ ...wholeView, rotate })).toEqual(upright);
    // the lowest quarter of the porch lies inside the line, from side to side
    expect(await shown({ rotate: 270, crop: [0.25, 0.75, 0.5, 0.25] })).toEqual([1, null]);
  });

  test("zones may change in mid-recording: the stream and the clip go on", async () => {
    const { run, told, live, session } = await openSession({ scene: "empty" });
    await run(60, (n) => {
      if (n === 20) session.press("ring-0001");
      if (n === 30) session.setZones({ sensitivity: 0, zones: [] });
    });
    expect(live.filter(({ kind }) => kind === "init")).toHaveLength(1);
    expect(types(told).filter((type) => type === "clip-opened")).toHaveLength(1);
  });

  test("the visitor is told from the moment on at which the zones let them", async () => {
    const silent = { sensitivity: 0, zones: [] };
    for (const [zones, tells] of [
      [silent, false],
      [settings.motion, true],
    ] as const) {
      const { run, told, session } = await openSession({});
      session.setZones(silent);
      await run(300, (n) => n === 50 && session.setZones(zones));
      expect(types(told).includes("event-opened")).toBe(tells);
    }
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

  test("that a policy is obeyed is said when what shows is its own", async () => {
    const { run, renewed, session } = await openSession({ scene: "empty" });
    const atFrame: number[][] = [];
    await run(60, (n) => {
      if (n === 30) session.setPolicy(null);
      if (n === 29 || n === 30) atFrame.push([...renewed]);
    });
    const [first = []] = atFrame;
    expect(first).toHaveLength(1);
    expect(first[0]).toBeGreaterThan(0);
    expect(atFrame[1]).toEqual(first); // not yet: the next frame is the first under it
    expect(renewed).toEqual([...first, 0]);
  });

  test("a policy that closes says that what was live is over, before anything else is told", async () => {
    const { run, told, session } = await openSession({ scene: "empty" });
    let before = 0;
    await run(40, (n) => {
      if (n !== 30) return;
      before = told.length;
      session.setPolicy(null);
    });
    expect(told[before]).toEqual({ type: "live-over" });
  });

  test("no frame passes under the old policy, even if it changes while the encoder opens", async () => {
    for (let ticks = 0; ticks < 12; ticks += 1) {
      const { run, session, stages, opened } = await openSession({ scene: "empty" });
      let early = false;
      const close = (): void => {
        early = stages.at("mask").in === 0;
        session.setPolicy(null);
      };
      const read = opened.read.bind(opened);
      opened.read = async () => {
        const frame = await read();
        if (frame?.sequence === 0) soon(ticks, close);
        return frame;
      };
      const visible: number[] = [];
      await run(2, () => visible.push(session.visibleFrac));
      expect([ticks, visible.at(early ? 0 : 1)]).toEqual([ticks, 0]);
    }
  });

  test("after a policy change nothing old is shown to a new viewer or recorded for a press", async () => {
    const { run, told, live, session } = await openSession({ scene: "empty" });
    let shown = 0;
    const taken: boolean[] = [];
    await run(60, (n) => {
      if (n === 1) session.watch(false);
      if (n !== 30) return;
      shown = live.length;
      session.setPolicy(null);
      session.watch(true);
      taken.push(session.press("ring-0001"));
      expect(live.length).toBe(shown);
    });
    expect([taken, types(told)]).toEqual([[false], []]);
    expect(live[shown]).toMatchObject({ kind: "init", ptsUs: 3_000_000 });
  });

  test("closed in the midst of a recording: it ends, and no frame of then on is looked at", async () => {
    const { run, told, live, session, stages, clips } = await openSession({});
    const seen: unknown[] = [];
    let [masked, units] = [0, 0];
    await run(400, (n) => {
      if (n === 250) {
        expect(session.recording).not.toBeNull();
        session.setClosed(true);
        [masked, units] = [stages.at("mask").in, live.length];
      }
      if (n > 250)
        seen.push([session.visibleFrac, session.recording, session.press("ring-0001"), session.takeSeen()]);
    });
    expect([stages.at("mask").in, live.length]).toEqual([masked, units]);
    expect(new Set(seen.map((each) => JSON.stringify(each)))).toEqual(new Set(["[0,null,false,null]"]));
    expect(types(told).filter((type) => type.startsWith("clip-") && type !== "clip-fragment")).toEqual([
      "clip-opened",
      "clip-closed",
    ]);
    expect(told.filter(({ type }) => type === "event-opened")).toHaveLength(
      told.filter(({ type }) => type === "event-closed").length,
    );
    expect(types(told)).toContain("live-over");
    const closed = told.find((message) => message.type === "clip-closed");
    const manifest = JSON.parse(
      await readFile(join(clips, closed?.clip ?? "", "clip.json"), "utf8"),
    ) as unknown;
    expect(manifest).toMatchObject({ closed: { reason: "stopped" } });
  });

  test("opened again it begins anew: nothing of before is shown or in a recording", async () => {
    const { run, told, live, session } = await openSession({ scene: "empty" });
    let shown = 0;
    await run(120, (n) => {
      if (n === 40) session.setClosed(true);
      if (n === 80) {
        shown = live.length;
        session.setClosed(false);
      }
      if (n === 81) session.press("ring-0001");
    });
    expect(live[shown]).toMatchObject({ kind: "init" });
    expect(live[shown + 1]).toMatchObject({ kind: "key" });
    const [atMs = 0] = live.slice(shown + 1, shown + 2).map(({ wallMs }) => wallMs);
    expect(told.find((message) => message.type === "clip-opened")?.startWallMs).toBeGreaterThanOrEqual(
      Math.floor(atMs),
    );
  });

  test.each([0, 1, 2, 3, 5, 8])(
    "closed %i turns into the making of a pipeline, not even its first frame is seen",
    async (turns) => {
      const { run, live, session, stages, opened } = await openSession({ scene: "empty" });
      const read = opened.read.bind(opened);
      let frames = 0;
      opened.read = async () => {
        const frame = await read();
        frames += 1;
        if (frames === 1) soon(turns, () => session.setClosed(true));
        return frame;
      };
      await run(5);
      // it may have been made before the word came; then one frame was
      expect([stages.at("mask").in <= 1, live.length <= 2]).toEqual([true, true]);
      expect(session.visibleFrac).toBe(0);
    },
  );

  test("with no pipeline yet says that a press was not taken", async () => {
    const { run, session } = await openSession({ scene: "empty" });
    expect(session.press("ring-0001")).toBe(false);
    await run(1, () => expect(session.press("ring-0001")).toBe(true));
  });

  test("a wall clock that steps back in mid-event does not end it before it began", async () => {
    const clock = new SimClock();
    const { run, told } = await openSession({}, porch, { clock });
    await run(400, () => {
      if (types(told).includes("event-opened") && clock.wallMs() > 3_600_000_000) clock.stepWall(-3_600_000);
    });
    const opened = told.find((message) => message.type === "event-opened");
    const closed = told.find((message) => message.type === "event-closed");
    const lengthMs = (closed?.endWallMs ?? 0) - (opened?.startWallMs ?? 0);
    expect(lengthMs).toBeGreaterThan(0);
    expect(lengthMs).toBeLessThan(40_000);
  });

  test("a clock that was never set gives no time before 1970", async () => {
    const { run, told, session } = await openSession({ scene: "empty" }, porch, { clock: new SimClock(0) });
    await run(60, (n) => {
      if (n === 30) session.press("ring-0001");
    });
    expect(told.find((message) => message.type === "clip-opened")).toMatchObject({ startWallMs: 0 });
    expect(told.every((message) => eyeToKeeperSchema.safeParse(message).success)).toBe(true);
  });

  test("stop does not wait for a camera that gives no frame", async () => {
    const { run, session, told } = await openSession({
      scene: "empty",
      pace: "real",
      stallMs: 60_000,
      faults: [{ atMs: 500, kind: "stall" }],
    });
    const ended = run(1_000, (n) => {
      if (n === 4) session.press("ring-0001");
      if (n === 4) setTimeout(() => session.stop(), 300);
    });
    expect(await ended).toBe(undefined);
    expect(told.at(-1)).toMatchObject({ type: "clip-closed", reason: "stopped" });
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
