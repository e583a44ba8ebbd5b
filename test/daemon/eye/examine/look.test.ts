import { describe, expect, test } from "vitest";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import type { PorchSettings } from "../../../../hal/sim/porch/settings.ts";
import { lookAt, smallPorch } from "./porch.ts";

const measured = async (options: Parameters<typeof smallPorch>[0]) =>
  (await lookAt(smallPorch(options))).measured;

/** The same line, somewhere else. */
const moved = (shape: MaskShape, by: number): MaskShape => ({
  ...shape,
  propertyLine: shape.propertyLine.map(([x, y]) => [Math.min(1, Math.max(0, x + by)), y]),
});

describe("a look at a sound camera", () => {
  const lights: readonly PorchSettings[] = [
    { light: "day" },
    { light: "dusk" },
    { light: "night" },
    { light: "night", rain: "on" },
    { light: "night", trouble: "insects" },
  ];
  test.each(lights)("finds nothing wrong in %j", async (settings) => {
    const { luma, contrast, covered, sharpness, change, lightChanges } = await measured(settings);
    expect(covered).toBe(false);
    expect(contrast).toBeGreaterThan(9);
    expect(sharpness).toBeGreaterThan(100);
    expect(change.identical).toBe(0);
    expect(change.median).toBeGreaterThan(0.2);
    expect(luma.darkFrac).toBeLessThan(0.3);
    expect(luma.brightFrac).toBeLessThan(0.1);
    expect(lightChanges).toBe(0);
  });

  test("counts pace by the frames' own times", async () => {
    const { frames, gapMs, droppedFrames } = await measured({});
    expect(frames).toBe(41);
    expect(gapMs).toEqual({ median: 100, p99: 100, most: 100 });
    expect(droppedFrames).toBe(0);
  });

  test("tells bright, dark and infrared", async () => {
    const lightOf = async (settings: PorchSettings) => (await measured(settings)).light;
    expect(await lightOf({ light: "day" })).toBe("bright");
    expect((await measured({ fault: "dark" })).light).toBe("dark");
    expect(await lightOf({ light: "night", trouble: "insects" })).toBe("infrared");
  });

  test("noise is no sharpness: grain of the night changes it little, a lens out of focus much", async () => {
    const day = await measured({});
    const night = await measured({ light: "night" });
    const soft = await measured({ fault: "defocused" });
    expect(night.sharpness / day.sharpness).toBeGreaterThan(0.5);
    expect(soft.sharpness / day.sharpness).toBeLessThan(0.1);
  });
});

describe("a look at a broken camera", () => {
  test("frozen: every frame is the one before, to the bit", async () => {
    const { change, frames } = await measured({ fault: "frozen" });
    expect(change).toEqual({ median: 0, identical: frames - 1, longestMs: 4_000 });
  });

  test("covered", async () => {
    expect((await measured({ fault: "covered" })).covered).toBe(true);
  });

  test("dark and blown out", async () => {
    expect((await measured({ fault: "dark" })).luma.darkFrac).toBeGreaterThan(0.9);
    expect((await measured({ fault: "blown-out" })).luma.brightFrac).toBeGreaterThan(0.8);
  });

  test("grey by day, and a filter that goes to and fro", async () => {
    expect(await measured({ fault: "grey" })).toMatchObject({ light: "infrared", lightChanges: 0 });
    expect((await measured({ fault: "flapping" })).lightChanges).toBe(2);
  });

  test("slow, jittery and dropping", async () => {
    expect((await measured({ fault: "slow" })).gapMs.median).toBe(300);
    expect((await measured({ fault: "jittery" })).gapMs.most).toBeGreaterThan(150);
    const dropping = await measured({ fault: "dropping" });
    expect(dropping.droppedFrames).toBe(6);
    expect(dropping.gapMs.median).toBe(100);
  });
});

describe("proof of the mask", () => {
  test("everything outside the line is destroyed, and there was something to destroy", async () => {
    const { proof } = await lookAt(smallPorch());
    expect(proof.found.leaked).toBe(0);
    expect(proof.found.looked).toBe(934_390);
    expect(proof.found.aliveFrac).toBeGreaterThan(0.99);
  });

  test("a mask that is two pixels beside the line is found", async () => {
    const { proof } = await lookAt(smallPorch(), { masked: moved(porchPolicy, 2 / 320), seconds: 1 });
    expect(proof.found.leaked).toBeGreaterThan(0);
  });

  test("a privacy zone that the mask forgot is found", async () => {
    const zone: MaskShape["privacyZones"][number] = [
      [0.45, 0.8],
      [0.5, 0.8],
      [0.5, 0.9],
    ];
    const shape = { ...porchPolicy, privacyZones: [zone] };
    const { proof } = await lookAt(smallPorch(), { shape, masked: porchPolicy, seconds: 0.5 });
    expect(proof.found.leaked).toBeGreaterThan(0);
  });

  test("no line in force: everything is looked at, nothing visible is measured", async () => {
    const look = await lookAt(smallPorch(), { shape: null, seconds: 1 });
    expect(look.proof.found).toMatchObject({ leaked: 0, looked: 11 * (320 * 180 + 2 * 160 * 90) });
    expect(look.measured).toMatchObject({
      luma: { mean: 0, darkFrac: 0, brightFrac: 0 },
      contrast: 0,
      sharpness: 0,
      covered: false,
      change: { median: 0, identical: 0, longestMs: 0 },
    });
  });

  test("a camera that is black by itself proves nothing, and it shows", async () => {
    const driver = smallPorch();
    const black = {
      open: async () => {
        const camera = await driver.open();
        const read = camera.read.bind(camera);
        return Object.assign(camera, {
          read: async () => {
            const frame = await read();
            frame?.y.data.fill(16);
            return frame;
          },
        });
      },
    };
    expect((await lookAt(black, { seconds: 1 })).proof.found.aliveFrac).toBe(0);
  });
});
