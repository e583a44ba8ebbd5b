import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { ExamineDesk } from "../../../../daemon/eye/examine/desk.ts";
import { FocusMemory } from "../../../../daemon/eye/examine/focus-memory.ts";
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { Stages } from "../../../../daemon/eye/stages.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import { open } from "../../../../daemon/seal/age/seal.ts";
import { eyeToKeeperSchema, type EyeToKeeper } from "../../../../daemon/wire/messages.ts";
import type { Camera } from "../../../../hal/camera.ts";
import { openJpegEncoder } from "../../../../hal/gst/jpeg.ts";
import type { SimCameraOptions } from "../../../../hal/sim/camera.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import { viewer, viewers } from "../../seal/viewer.ts";
import { size, smallPorch } from "./porch.ts";

let folder = "";
let jpeg: Awaited<ReturnType<typeof openJpegEncoder>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-examine-"));
  jpeg = await openJpegEncoder();
});
afterAll(async () => {
  await jpeg.close();
  await rm(folder, { recursive: true });
});

async function openDesk({
  focus = String(Math.random()).slice(2),
  seals = viewers,
  ...camera
}: Partial<SimCameraOptions> & { focus?: string; seals?: typeof viewers } = {}) {
  const clock = new SimClock();
  const told: EyeToKeeper[] = [];
  const stage = new Stages().at("examine");
  const opened: Camera = await smallPorch(camera).open();
  const path = join(folder, "eye", `${focus}.json`);
  const desk = new ExamineDesk({
    clock,
    settings: settingsSchema.parse({ camera: { ...size, fps: 10 } }).camera,
    stage,
    memory: new FocusMemory(path),
    guard: () => ({ state: "watching" }),
    viewers: () => seals,
    jpeg: () => jpeg,
    report: (message) => told.push(eyeToKeeperSchema.parse(message)),
  });
  const memory = createPlainMemory(size.width, size.height);
  let masker = createMasker(rasteriseOpening(size, null));
  return {
    desk,
    clock,
    told,
    stage,
    path,
    begin: (shape: MaskShape | null) => {
      masker = createMasker(rasteriseOpening(size, shape));
      desk.begin({ camera: opened, shape, opening: masker.opening, policyVersion: 3, fault: null });
    },
    frames: async (count: number) => {
      for (let i = 0; i < count; i += 1) {
        const raw = await opened.read();
        if (raw === null) throw new Error("the porch ended");
        desk.proof?.before(raw);
        desk.handleMasked(masker.apply(raw, memory));
      }
    },
    answered: async (count: number) => {
      await vi.waitFor(() => expect(told).toHaveLength(count), 30_000);
      return told.map((message) => (message.type === "examined" ? message : null));
    },
  };
}

const ask = (examine: string, forMs = 2_000) => ({ type: "examine", examine, forMs }) as const;

describe("the examine desk", () => {
  test("answers once with a report that fits the wire, and a still that a viewer opens", async () => {
    const { desk, begin, frames, answered, stage } = await openDesk();
    begin(porchPolicy);
    desk.ask(ask("look-0001"));
    await frames(40);
    const [answer] = await answered(1);
    const report = answer?.report;
    expect(report).toMatchObject({ frames: 21, width: 320, height: 180, covered: false });
    expect(report?.mask).toMatchObject({ policyVersion: 3, leaked: 0, fault: null });
    const still = open(Buffer.from(report?.picture ?? "", "base64"), [viewer]);
    expect([...still.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(stage).toMatchObject({ in: 1, out: 1, dropped: 0 });
  });

  test("costs nobody a look who did not ask", async () => {
    const { desk, begin, frames, told } = await openDesk();
    begin(porchPolicy);
    await frames(3);
    expect([desk.proof, told]).toEqual([null, []]);
  });

  test("nobody could open a still: there is none, the figures are there", async () => {
    const { desk, begin, frames, answered } = await openDesk({ seals: [] });
    begin(porchPolicy);
    desk.ask(ask("look-0001"));
    await frames(21);
    expect((await answered(1))[0]?.report).toMatchObject({ picture: null, frames: 21 });
  });

  test("another line in mid-look: begins anew, and tells nothing of what was seen before", async () => {
    const { desk, begin, frames, answered } = await openDesk();
    begin(porchPolicy);
    desk.ask(ask("look-0001"));
    await frames(15);
    desk.end();
    await frames(3);
    begin(null);
    await frames(21);
    expect((await answered(1))[0]?.report).toMatchObject({
      frames: 21,
      picture: null,
      luma: { mean: 0 },
      mask: { visibleFrac: 0 },
    });
  });

  test("a camera that gives nothing is told after a while, a second question at once", async () => {
    const { desk, clock, answered } = await openDesk();
    desk.ask(ask("look-0001"));
    desk.ask(ask("look-0002"));
    await clock.advance(2_000 + 8_000);
    const [second, first] = await answered(2);
    expect(second).toMatchObject({ examine: "look-0002", fault: { kind: "exhausted" } });
    expect(first).toMatchObject({ examine: "look-0001", fault: { kind: "unavailable" } });
  });

  test("a camera that is far too slow is reported with what came", async () => {
    const { desk, begin, clock, frames, answered } = await openDesk();
    begin(porchPolicy);
    desk.ask(ask("look-0001", 60_000));
    await frames(5);
    await clock.advance(68_000);
    expect((await answered(1))[0]?.report?.frames).toBe(5);
  });

  test("remembers the best focus of this framing and light, and forgets it with another line", async () => {
    const focusOf = async (shape: MaskShape, camera: Partial<SimCameraOptions>) => {
      const { desk, begin, frames, answered } = await openDesk({ ...camera, focus: "kept" });
      begin(shape);
      desk.ask(ask("look-0001", 1_000));
      await frames(11);
      const sharpness = (await answered(1))[0]?.report?.sharpness ?? { now: Number.NaN, best: Number.NaN };
      return sharpness;
    };
    const sharp = await focusOf(porchPolicy, {});
    const soft = await focusOf(porchPolicy, { fault: "defocused" });
    expect(sharp.best).toBe(sharp.now);
    expect(soft.best).toBe(sharp.now);
    expect(soft.now).toBeLessThan(0.1 * soft.best);
    const zone: MaskShape["privacyZones"][number] = [
      [0.4, 0.9],
      [0.5, 0.9],
      [0.5, 1],
    ];
    const other = await focusOf({ ...porchPolicy, privacyZones: [zone] }, { fault: "defocused" });
    expect(other.best).toBe(other.now);
  });

  test("a thumb before the lens is no focus to remember", async () => {
    const { desk, begin, frames, answered, path } = await openDesk({ fault: "covered" });
    begin(porchPolicy);
    desk.ask(ask("look-0001", 1_000));
    await frames(11);
    expect((await answered(1))[0]?.report?.covered).toBe(true);
    await expect(readFile(path)).rejects.toThrow("ENOENT");
  });
});
