import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { examineAlone } from "../../../../daemon/eye/examine/alone.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { pairFolder } from "../../../../scripts/rigs/paired.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-alone-"));
});
afterAll(() => rm(folder, { recursive: true }));

function examine(data: string, sim: Record<string, unknown> = {}, signal?: AbortSignal) {
  const settings = settingsSchema.parse({
    data: join(folder, data),
    camera: { width: 320, height: 180, fps: 10 },
    sim: { light: "day", rain: "off", ...sim },
  });
  return examineAlone({
    settings,
    clock: systemClock,
    epochWallMs: systemClock.wallMs(),
    forMs: 1_000,
    signal: signal ?? new AbortController().signal,
  });
}

test("with an owner's line: measured, and sealed to the owner", async () => {
  await pairFolder(join(folder, "paired"));
  const { picture, mask, sharpness, guard } = await examine("paired");
  expect(mask).toMatchObject({ policyVersion: 1, leaked: 0, fault: null });
  expect(mask.visibleFrac).toBeGreaterThan(0.2);
  expect(sharpness.now).toBeGreaterThan(100);
  expect(["learning", "watching"]).toContain(guard.state);
  expect(
    Buffer.from(picture ?? "", "base64")
      .subarray(0, 21)
      .toString(),
  ).toBe("age-encryption.org/v1");
});

test("without one everything is hidden and nothing is measured", async () => {
  const { picture, mask, contrast } = await examine("fresh");
  expect(mask).toMatchObject({ policyVersion: null, visibleFrac: 0, leaked: 0 });
  expect(mask.aliveFrac).toBeGreaterThan(0.99);
  expect([picture, contrast]).toEqual([null, 0]);
});

test("a camera that is not there is its Fault", async () => {
  await expect(examine("none", { fault: "unplugged" })).rejects.toMatchObject({ kind: "unavailable" });
});

test("who gives up has given the camera back", async () => {
  const giveUp = new AbortController();
  setImmediate(() => giveUp.abort());
  await expect(examine("given-up", {}, giveUp.signal)).rejects.toMatchObject({ kind: "cancelled" });
});
