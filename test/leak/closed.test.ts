/**
 * Privacy now: nothing of even the owner's own ground leaves the eye, whatever it is asked for; not after a crash either.
 * A real eye, with its keeper's every question, and visitors before it.
 */
import { readdir, writeFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../daemon/identity/keys.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";
import { keeperToEyeSchema, type EyeToKeeper, type KeeperToEye } from "../../daemon/wire/messages.ts";
import type { Closure } from "../../daemon/wire/privacy.ts";
import { startEye, type EyeProcess } from "../daemon/eye/eye-process.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const closure: Closure = { by: "owner", name: "Ada", sinceWallMs: 0, until: null };
const busy = ["--sim.visitorsPerHour=120", "--sim.seed=3"];

/** Each that there is, so that a new one must be thought of here. */
const questions: Readonly<Record<KeeperToEye["type"], KeeperToEye | null>> = {
  record: { type: "record", event: "ring-0001", kind: "ring", wallMs: 0 },
  live: { type: "live", on: true },
  heat: { type: "heat", on: true },
  timings: { type: "timings", on: true, picturesPerS: 4 },
  "journal-flush": { type: "journal-flush", number: 1 },
  "policy-changed": { type: "policy-changed" },
  "household-changed": { type: "household-changed" },
  "zones-changed": { type: "zones-changed" },
  privacy: { type: "privacy", hold: false },
  "picture-wanted": { type: "picture-wanted", event: "ring-0001", channels: ["ntfy", "webhook"] },
  still: { type: "still", still: "still-0001", kind: "snapshot" },
  examine: { type: "examine", examine: "examine-0001", forMs: 500 },
  pir: { type: "pir", state: "active", agoMs: 0, wallMs: 0 },
  "disk-freed": { type: "disk-freed", freeBytes: 1 },
};

/** Words and figures, none of them about how anything looks. */
const harmless: ReadonlySet<EyeToKeeper["type"]> = new Set([
  "hello",
  "eye-status",
  "policy-applied",
  "frame-timings",
  "journal-flushed",
  "still-refused",
  "picture-refused",
  "examined",
  "live-over",
]);

const framesOf = (eye: EyeProcess): number =>
  Math.max(
    0,
    ...eye.told.map((each) => (each.type === "eye-status" ? (stageOf(each, "camera")?.out ?? 0) : 0)),
  );
const stageOf = ({ stages }: Extract<EyeToKeeper, { type: "eye-status" }>, name: string) =>
  stages.find((stage) => stage.name === name);
const moreFrames = async (eye: EyeProcess, frames: number): Promise<void> => {
  const wanted = framesOf(eye) + frames;
  await vi.waitUntil(() => framesOf(eye) >= wanted, { timeout: 30_000, interval: 50 });
};

async function sealedFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.age|\.sight|clip\.json/u.test(name));
}

test(
  "asked for everything, a closed eye gives nothing, and one that was killed gives nothing again",
  { timeout: 90_000 },
  async () => {
    expect(Object.keys(questions).toSorted()).toEqual(
      keeperToEyeSchema.options.map(({ shape }) => shape.type.value).toSorted(),
    );
    await using folder = await tempFolder();
    const paths = dataPaths(folder.path);
    await writeFile(paths.privacy, JSON.stringify({ closure }));
    for (const life of [1, 2]) {
      const eye = await startEye({
        data: folder.path,
        paired: life === 1,
        flags: busy,
        publish: { ntfy: true },
      });
      const { stillNonce } = await eye.hears("eye-status", ({ camera }) => camera.state === "running");
      for (const question of Object.values(questions)) if (question !== null) eye.send(question);
      expect((await eye.hears("still-refused", ({ still }) => still === "still-0001")).fault.message).toMatch(
        /closed/u,
      );
      expect((await eye.hears("examined")).fault?.message).toMatch(/closed/u);
      expect((await eye.hears("picture-refused")).fault.message).toMatch(/closed/u);
      if (life === 1) {
        const { owner, device } = eye.paired;
        const request = signEnvelope(owner, payloadTypes.setupStill, {
          device,
          nonce: stillNonce,
          issuedAt: 0,
        });
        eye.send({ type: "still", still: "still-0002", kind: "setup", request });
        expect(
          (await eye.hears("still-refused", ({ still }) => still === "still-0002")).fault.message,
        ).toMatch(/closed/u);
      }
      await moreFrames(eye, 30);
      const status = eye.told.findLast((message) => message.type === "eye-status");
      expect(status).toMatchObject({
        mask: { visibleFrac: 0, closed: {} },
        motion: { active: false },
        recording: null,
      });
      expect(status === undefined ? null : (stageOf(status, "mask")?.in ?? 0)).toBe(0);
      expect(eye.told.filter(({ type }) => !harmless.has(type))).toEqual([]);
      expect(eye.units).toHaveLength(0);
      expect(await sealedFiles(folder.path)).toEqual([]);
      eye.process.kill("SIGKILL");
      await eye[Symbol.asyncDispose]();
    }
  },
);

test(
  "closed by word, the last thing that leaves is that it is closed; opened by its file, it sees again",
  { timeout: 90_000 },
  async () => {
    await using eye = await startEye({ flags: busy, publish: { ntfy: true } });
    await eye.hears("eye-status", ({ mask }) => mask.visibleFrac > 0);
    eye.send({ type: "live", on: true });
    eye.send({ type: "heat", on: true });
    eye.send({ type: "record", event: "ring-0001", kind: "ring", wallMs: 0 });
    await eye.hears("clip-opened");
    await vi.waitUntil(() => eye.units.length > 10, { timeout: 30_000 });
    eye.send({ type: "privacy", hold: true });
    await eye.hears("eye-status", ({ mask }) => mask.closed !== undefined);
    const [units, told] = [eye.units.length, eye.told.length];
    await eye.hears("clip-closed");
    const files = await sealedFiles(eye.paths.root);
    await moreFrames(eye, 30);
    expect(eye.units).toHaveLength(units);
    expect(await sealedFiles(eye.paths.root)).toEqual(files);
    const rest = eye.told.slice(told).map(({ type }) => type);
    expect(
      rest.filter((type) => type === "clip-opened" || type === "event-opened" || type === "still-made"),
    ).toEqual([]);
    // who rings while it opens is shown as soon as it has opened
    eye.send({ type: "picture-wanted", event: "ring-0002", channels: ["ntfy"] });
    // the file that the word stood for
    await writeFile(eye.paths.privacy, JSON.stringify({ closure: null }));
    eye.send({ type: "privacy", hold: false });
    await vi.waitUntil(() => eye.units.length > units, { timeout: 30_000 });
    expect((await eye.hears("picture-made")).event).toBe("ring-0002");
  },
);
