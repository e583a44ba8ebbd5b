import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { parseIdentity } from "../../../daemon/seal/age/keys.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import type { EyeToKeeper } from "../../../daemon/wire/messages.ts";
import { clipFolder } from "../../../daemon/wire/paths.ts";
import { renderPorchClip } from "../../../scripts/bench/clip.ts";
import { firstRecord, pairFolder, testKeys } from "../../../scripts/rigs/paired.ts";
import { smallDisk } from "../../../scripts/rigs/small-disk.ts";
import { tempFolder } from "../keeper/temp-folder.ts";
import { startEye } from "./eye-process.ts";

const playedFrames = (message: EyeToKeeper | undefined): number =>
  message?.type === "eye-status" ? (message.stages.find(({ name }) => name === "mask")?.out ?? 0) : 0;
const ring = { type: "record", event: "ring-0001", kind: "ring", wallMs: 0 } as const;

test("a ring that is asked for before the first frame is recorded with it", async () => {
  await using eye = await startEye({ onArrived: (send) => send(ring) });
  expect((await eye.hears("clip-opened")).events).toEqual(["ring-0001"]);
});

test("SIGTERM closes the clip, makes it durable and tells, within the supervisor's patience", async () => {
  await using eye = await startEye({ onArrived: (send) => send(ring) });
  const { clip, startWallMs } = await eye.hears("clip-opened");
  const { code, tookMs } = await eye.stop();
  expect([code, tookMs < 8_000]).toEqual([0, true]);
  expect(eye.told.at(-1)).toMatchObject({ type: "clip-closed", clip, reason: "stopped" });
  const manifest = await readFile(join(clipFolder(eye.paths, clip, startWallMs), "clip.json"), "utf8");
  expect(JSON.parse(manifest)).toMatchObject({ closed: { reason: "stopped" } });
});

describe("trust", () => {
  const isSeen = ({ mask }: { mask: { visibleFrac: number } }): boolean => mask.visibleFrac > 0;

  test("the eye waits, masked, for the doorbell's key, an owner and a policy", async () => {
    await using folder = await tempFolder();
    await using eye = await startEye({ data: folder.path, paired: false });
    const { mask } = await eye.hears("eye-status", ({ camera }) => camera.state === "running");
    expect([mask.visibleFrac, mask.fault?.kind]).toEqual([0, "unavailable"]);
    const { owner } = await pairFolder(folder.path);
    eye.send({ type: "household-changed" });
    eye.send({ type: "policy-changed" });
    expect(await eye.hears("policy-applied")).toMatchObject({ version: 1, fromFrac: 0 });
    const { household } = await eye.hears("eye-status", isSeen);
    expect([owner.sealTo.length > 0, household]).toEqual([true, { count: 1, viewers: 1 }]);
  });

  test("an owner's signed request is answered with a picture that only they can open", async () => {
    await using eye = await startEye();
    const { stillNonce } = await eye.hears("eye-status", ({ camera }) => camera.state === "running");
    const { owner, device } = eye.paired;
    const request = signEnvelope(owner, payloadTypes.setupStill, {
      device,
      nonce: stillNonce,
      issuedAt: 0,
    });
    eye.send({ type: "still", still: "still-0001", kind: "setup", request });
    const { age } = await eye.hears("still-made");
    const picture = open(Buffer.from(age, "base64"), [parseIdentity(owner.sealIdentity)]);
    expect([...picture.subarray(0, 2)]).toEqual([0xff, 0xd8]); // a JPEG begins so
    eye.send({ type: "still", still: "still-0002", kind: "setup", request });
    expect((await eye.hears("still-refused")).fault.kind).toBe("denied");
    await eye.hears("eye-status", (status) => status.stillNonce !== stillNonce);
  });

  test("another household blinds it at once, and says so", async () => {
    await using eye = await startEye();
    await eye.hears("eye-status", isSeen);
    const foreign = firstRecord(eye.paired.device, testKeys(6));
    await writeFile(join(eye.paths.household, "000000.json"), JSON.stringify(foreign));
    eye.send({ type: "household-changed" });
    const { household } = await eye.hears(
      "eye-status",
      ({ mask }) => mask.visibleFrac === 0 && mask.fault?.kind === "denied",
    );
    expect(household).toMatchObject({
      count: 0,
      fault: { message: expect.stringContaining("another owner") },
    });
  });
});

test("drawn zones that are broken are said while the settings go on", async () => {
  await using eye = await startEye();
  await eye.hears("eye-status", ({ motion }) => motion.fault === undefined);
  await writeFile(eye.paths.zones, "{");
  eye.send({ type: "zones-changed" });
  await eye.hears("eye-status", ({ motion }) => motion.fault?.kind === "corrupt");
});

describe("a video as the camera", () => {
  test.each([
    [false, "is shown once and then rests, with words"],
    [true, "is shown again and again"],
  ])("with camera.loop %s %s", async (loop) => {
    await using folder = await tempFolder();
    const video = join(folder.path, "porch.mp4");
    await renderPorchClip(video, { width: 320, height: 180, frames: 15 });
    await using eye = await startEye({
      flags: ["--camera.driver=replay", `--camera.source=${video}`, `--camera.loop=${loop}`],
    });
    if (loop) return void (await eye.hears("eye-status", (status) => playedFrames(status) >= 40));
    await eye.hears("eye-status", ({ camera }) => camera.fault?.message === "the camera's picture ended");
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // real time: it would be opened again after 0.5 s
    const states = eye.told.flatMap((each) => (each.type === "eye-status" ? [each.camera.state] : []));
    expect(states.slice(states.indexOf("failed"))).not.toContain("running");
    expect(playedFrames(eye.told.at(-1))).toBeLessThanOrEqual(15);
  });
});

describe("on a full disk the eye", () => {
  test("asks for room, keeps the recording, and writes all of it once there is room", async (context) => {
    await using disk = await smallDisk(4);
    if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
    await using eye = await startEye({ data: disk.path, flags: ["--recording.postRollMs=3000"] });
    await eye.hears("eye-status", ({ camera }) => camera.state === "running");
    disk.fill();
    eye.send(ring);
    expect((await eye.hears("disk-full")).wantedBytes).toBeGreaterThanOrEqual(0);
    await eye.hears("eye-status", ({ recording }) => recording !== null);
    expect(eye.told.some(({ type }) => type === "clip-opened")).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 3_000)); // real time: the clip ends while nothing can be written
    disk.empty();
    eye.send({ type: "disk-freed", freeBytes: 4e6 });
    const { clip, startWallMs } = await eye.hears("clip-opened");
    await eye.hears("clip-closed", (message) => message.clip === clip);
    const fragments = eye.told.filter(({ type }) => type === "clip-fragment");
    const files = await readdir(clipFolder(eye.paths, clip, startWallMs));
    expect(files.filter((name) => name.endsWith(".m4s.age"))).toHaveLength(fragments.length);
    expect(fragments.length).toBeGreaterThanOrEqual(2);
  });

  test("ends within the supervisor's patience though the disk stays full", async (context) => {
    await using disk = await smallDisk(4);
    if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
    await using eye = await startEye({ data: disk.path });
    await eye.hears("eye-status", ({ camera }) => camera.state === "running");
    disk.fill();
    eye.send(ring);
    await eye.hears("disk-full");
    const { code, tookMs } = await eye.stop();
    expect([code, tookMs < 8_000]).toEqual([0, true]);
  });
});
