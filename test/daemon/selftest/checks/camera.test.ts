import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Check, CheckContext } from "../../../../daemon/selftest/check.ts";
import { cameraDropped } from "../../../../daemon/selftest/checks/camera-dropped.ts";
import { cameraPacing } from "../../../../daemon/selftest/checks/camera-pacing.ts";
import { cameraPresent } from "../../../../daemon/selftest/checks/camera-present.ts";
import { cameraSize } from "../../../../daemon/selftest/checks/camera-size.ts";
import { maskVerified } from "../../../../daemon/selftest/checks/mask-verified.ts";
import { pictureCovered } from "../../../../daemon/selftest/checks/picture-covered.ts";
import { pictureExposure } from "../../../../daemon/selftest/checks/picture-exposure.ts";
import { pictureFocus } from "../../../../daemon/selftest/checks/picture-focus.ts";
import { pictureFrozen } from "../../../../daemon/selftest/checks/picture-frozen.ts";
import { pictureGuard } from "../../../../daemon/selftest/checks/picture-guard.ts";
import { pictureLight } from "../../../../daemon/selftest/checks/picture-light.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import type { SimFault } from "../../../../hal/sim/fault/list.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import { ask, someSettings } from "../ask.ts";
import { simulatedMachine } from "../simulated-machine.ts";
import { cameraDoor, type CameraDoorOptions } from "../camera-door.ts";

let data = "";
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "sill-checks-"));
});
afterAll(() => rm(data, { recursive: true }));

const all = [
  cameraPresent,
  cameraSize,
  cameraPacing,
  cameraDropped,
  pictureCovered,
  pictureExposure,
  pictureFocus,
  pictureFrozen,
  pictureLight,
  pictureGuard,
  maskVerified,
];

/** Noon, wherever this runs. */
const clock = new SimClock(new Date(2026, 5, 21, 12).getTime());

async function answers(
  options: Omit<CameraDoorOptions, "data"> & { readonly data?: string },
  context: Partial<CheckContext> = {},
  checks: readonly Check[] = all,
): Promise<Record<string, string>> {
  const folder = options.data ?? (await mkdtemp(join(data, "camera-")));
  const door = cameraDoor({ ...options, data: folder });
  const settings = someSettings(folder, { camera: { width: 320, height: 180, fps: 10 } });
  const told = await Promise.all(
    checks.map(
      async (check) => [check.id, await ask(check, folder, { door, clock, settings, ...context })] as const,
    ),
  );
  for (const [, { verdict, advice }] of told)
    if (verdict === "fail" || verdict === "warn") expect(advice).toBeTruthy();
  return Object.fromEntries(told.map(([id, { verdict }]) => [id, verdict]));
}

const sound = Object.fromEntries(all.map(({ id }) => [id, "pass"]));

describe("the camera's checks", () => {
  test.each(["day", "dusk", "night"] as const)("a sound camera passes them all: %s", async (light) => {
    expect(await answers({ camera: { light, scene: "default" } })).toEqual(sound);
  });

  const broken: readonly [SimFault, Record<string, string>][] = [
    ["frozen", { "picture-frozen": "fail" }],
    ["blown-out", { "picture-exposure": "fail" }],
    ["grey", { "picture-light": "warn" }],
    ["flapping", { "picture-light": "fail" }],
    ["slow", { "camera-pacing": "fail" }],
    ["jittery", { "camera-pacing": "warn" }],
    ["dropping", { "camera-dropped": "fail", "camera-pacing": "warn" }],
    [
      "covered",
      {
        "picture-covered": "fail",
        "picture-exposure": "skip",
        "picture-focus": "skip",
        "picture-light": "skip",
      },
    ],
  ];
  test.each(broken)("%s fails its own check, and no other one", async (fault, wrong) => {
    expect(await answers({ camera: { fault } })).toEqual({ ...sound, ...wrong });
  });

  // the simulated camera's lamp is on from 25 s to 55 s
  const switching = { trouble: ["infrared"] } as const;
  const settings = someSettings("/nonexistent", { camera: { infrared: true } });
  const midnight = new SimClock(new Date(2026, 5, 21).getTime());
  const lightOf = async (camera: CameraDoorOptions["camera"], fromMs = 0) => {
    const folder = await mkdtemp(join(data, "night-"));
    const door = cameraDoor({ data: folder, camera: { light: "night", ...camera }, through: { fromMs } });
    return ask(pictureLight, folder, { door, clock: midnight, settings });
  };

  test("a night switch that comes once is no fault: grey, and the level falls", async () => {
    const [before, at] = [await lightOf(switching, 20_000), await lightOf(switching, 23_000)];
    expect([before.verdict, at.verdict]).toEqual(["pass", "pass"]);
    expect(at.seen).toMatch(/and it switched once$/u);
    expect(at.figures?.[0]).toMatchObject({ name: "switches", value: 1 });
    expect(await lightOf(switching, 30_000)).toMatchObject({
      seen: expect.stringMatching(/^a grey picture/u),
    });
  });

  test("dark, and it never switched: fails where the camera has infrared, and only there", async () => {
    expect(await lightOf({ fault: "unswitched" })).toMatchObject({
      verdict: "fail",
      seen: expect.stringContaining("did not switch to infrared"),
    });
    expect(await answers({ camera: { fault: "unswitched", light: "day" } })).toEqual(sound);
  });

  const pressure = (avg10: string) => ({ "/proc/pressure/cpu": `some avg10=${avg10} avg60=1.00\n` });
  const load = (words: string) => ({ "/proc/pressure/cpu": null, "/proc/loadavg": `${words} 1/200 900\n` });
  test.each([
    ["calm", pressure("49.00"), "fail"],
    ["busy", pressure("97.50"), "warn"],
    ["calm, by its load", load("8.00 4.00 2.00"), "fail"],
    ["busy, by its load", load("26.00 9.00 3.00"), "warn"],
  ] as const)(
    "slow and lost pictures are the camera's on a machine that is not busy: %s",
    async (_what, files, verdict) => {
      const machine = simulatedMachine({ files });
      for (const [fault, check] of [
        ["slow", cameraPacing],
        ["dropping", cameraDropped],
      ] as const)
        expect(await answers({ camera: { fault } }, { machine }, [check])).toEqual({ [check.id]: verdict });
      expect(await answers({}, { machine }, [cameraPacing, cameraDropped])).toEqual({
        "camera-pacing": "pass",
        "camera-dropped": "pass",
      });
    },
  );

  test("a busy machine is told as such, with how busy", async () => {
    const door = cameraDoor({ data, camera: { fault: "slow" } });
    const machine = simulatedMachine({ files: pressure("97.50") });
    const found = await ask(cameraPacing, data, { door, machine });
    expect(found.seen).toMatch(
      /but the machine was busy: for 98 % of the time something waited for a processor$/u,
    );
    expect(found.figures?.at(-1)).toEqual({
      name: "waiting for a processor",
      value: 0.975,
      unit: "frac",
      atMost: 0.5,
    });
  });

  test("out of focus fails beside what the camera has been", async () => {
    const folder = await mkdtemp(join(data, "focus-"));
    expect(await answers({ data: folder })).toEqual(sound);
    const soft = await answers({ data: folder, camera: { fault: "defocused" } });
    expect(soft).toEqual({ ...sound, "picture-focus": "fail" });
  });

  test("out of focus from the first day on fails at a size at which one can tell", async () => {
    const camera = { fault: "defocused", width: 640, height: 360 } as const;
    expect(await answers({ camera }, {}, [pictureFocus])).toEqual({ "picture-focus": "fail" });
  });

  test("no light at all: too dark to expose, and nothing to be seen", async () => {
    const told = await answers({ camera: { fault: "dark" } }, {}, [pictureCovered, cameraPresent]);
    expect(told).toEqual({ "picture-covered": "fail", "camera-present": "pass" });
  });

  test("black but for a lamp: exposure fails", async () => {
    const camera = cameraDoor({ data });
    const door = {
      ...camera,
      camera: async (...looked: Parameters<typeof camera.camera>) => ({
        ...(await camera.camera(...looked)),
        luma: { mean: 20, darkFrac: 0.97, brightFrac: 0.01 },
      }),
    };
    expect(await ask(pictureExposure, data, { door })).toMatchObject({ verdict: "fail" });
  });

  test("another size than asked", async () => {
    expect(await answers({ camera: { fault: "small" } }, {}, [cameraSize])).toEqual({
      "camera-size": "warn",
    });
  });

  test("no camera: one check fails, the others are not asked", async () => {
    const { "camera-present": present, ...others } = await answers({ camera: { fault: "unplugged" } });
    expect(present).toBe("fail");
    expect(new Set(Object.values(others))).toEqual(new Set(["skip"]));
  });

  test("without a line the mask is verified, and nothing is said of what cannot be seen", async () => {
    expect(await answers({ through: { shape: null }, guard: { state: "off" } })).toEqual({
      ...sound,
      "picture-covered": "skip",
      "picture-exposure": "skip",
      "picture-focus": "skip",
      "picture-frozen": "skip",
      "picture-light": "skip",
      "picture-guard": "skip",
    });
  });

  test("a mask beside the line fails the proof of the mask", async () => {
    const through = { masked: wholePicture, seconds: 1 };
    expect(await answers({ through }, {}, [maskVerified])).toEqual({ "mask-verified": "fail" });
    const zone = porchPolicy.privacyZones.slice(1);
    const forgotten = { masked: { ...porchPolicy, privacyZones: zone }, seconds: 1 };
    expect(await answers({ through: forgotten }, {}, [maskVerified])).toEqual({ "mask-verified": "fail" });
  });

  test("a line around the whole picture leaves nothing to prove", async () => {
    const through = { shape: wholePicture, seconds: 1 };
    expect(await answers({ through }, {}, [maskVerified])).toEqual({ "mask-verified": "pass" });
  });

  test.each([
    [{ state: "tripped", reason: "moved" }, "fail"],
    [{ state: "tripped", reason: "changed" }, "fail"],
    [{ state: "tripped", reason: "covered" }, "fail"],
    [{ state: "learning" }, "warn"],
    [{ state: "blind" }, "warn"],
    [{ state: "off" }, "skip"],
  ] as const)("the guard says %j: %s", async (guard, verdict) => {
    expect(await answers({ guard }, {}, [pictureGuard])).toEqual({ "picture-guard": verdict });
  });

  test("a video that stands still is no broken camera", async () => {
    const settings = someSettings(data, { camera: { driver: "replay", source: "walk.mp4" } });
    const told = await answers({ camera: { fault: "frozen" } }, { settings }, [pictureFrozen, cameraSize]);
    expect(told).toEqual({ "picture-frozen": "warn", "camera-size": "skip" });
  });

  test("the masked still goes into the report, sealed as it came", async () => {
    const camera = cameraDoor({ data });
    const door = {
      ...camera,
      camera: async (...looked: Parameters<typeof camera.camera>) => ({
        ...(await camera.camera(...looked)),
        picture: "c2VhbGVk",
      }),
    };
    expect((await ask(maskVerified, data, { door })).picture).toEqual({
      title: "What may be seen",
      age: "c2VhbGVk",
    });
  });
});
