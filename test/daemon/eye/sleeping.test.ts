/** Power saving: the camera of the eye's own process sleeps, and is woken. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clipFolder } from "../../../daemon/wire/paths.ts";
import type { KeeperToEye } from "../../../daemon/wire/messages.ts";
import { startEye, type EyeProcess } from "./eye-process.ts";

const flags = ["--camera.sleep=true", "--camera.awakeMs=5000", "--recording.postRollMs=2000"];
const pir = (state: "quiet" | "active" | "unknown"): KeeperToEye => ({
  type: "pir",
  state,
  agoMs: 0,
  wallMs: 0,
});

const sleeper = (): Promise<EyeProcess> => startEye({ flags, onArrived: (send) => send(pir("quiet")) });

test("the camera sleeps when nothing happens, and the edge that wakes it is an event with a recording", async () => {
  await using eye = await sleeper();
  const { recording } = await eye.hears("eye-status", ({ camera }) => camera.state === "asleep");
  expect(recording).toBeNull();
  const edgeWallMs = Date.now();
  eye.send(pir("active"));
  const woke = await eye.hears("event-opened");
  expect(woke).toMatchObject({ kind: "motion", seer: "pir", woke: true });
  const { clip, startWallMs, events } = await eye.hears("clip-opened");
  expect(events).toEqual([woke.event]);
  // there is no time before
  expect(startWallMs).toBeGreaterThanOrEqual(edgeWallMs);
  eye.send(pir("quiet"));
  await eye.hears("event-closed", ({ event }) => event === woke.event);
  await eye.hears("clip-closed", (closed) => closed.clip === clip);
  const manifest = await readFile(join(clipFolder(eye.paths, clip, startWallMs), "clip.json"), "utf8");
  expect(JSON.parse(manifest)).toMatchObject({ closed: { reason: "quiet" } });
  const woken = eye.told.length;
  await eye.hears(
    "eye-status",
    (status) => eye.told.indexOf(status) > woken && status.camera.state === "asleep",
  );
});

test("a viewer wakes it, and so does a sensor that goes away", async () => {
  await using eye = await sleeper();
  await eye.hears("eye-status", ({ camera }) => camera.state === "asleep");
  const runsAfter = (from: number) =>
    eye.hears(
      "eye-status",
      (status) => eye.told.indexOf(status) >= from && status.camera.state === "running",
    );
  let from = eye.told.length;
  eye.send({ type: "live", on: true });
  const { mask } = await runsAfter(from);
  expect(mask.policyVersion).toBe(1);
  from = eye.told.length;
  eye.send({ type: "live", on: false });
  await eye.hears(
    "eye-status",
    (status) => eye.told.indexOf(status) >= from && status.camera.state === "asleep",
  );
  from = eye.told.length;
  eye.send(pir("unknown"));
  await runsAfter(from);
});

test("a press while it sleeps is recorded from the first frame on", async () => {
  await using eye = await startEye({
    flags: [...flags, "--recording.postRollMs=20000"], // a ring waits so long for its picture
    onArrived: (send) => send(pir("quiet")),
  });
  await eye.hears("eye-status", ({ camera }) => camera.state === "asleep");
  eye.send({ type: "record", event: "ring-0001", kind: "ring", wallMs: 0 });
  expect((await eye.hears("clip-opened")).events).toEqual(["ring-0001"]);
});
