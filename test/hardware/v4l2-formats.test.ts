/** V4L2 for real: what gstCamera makes of the kernel's virtual camera. */
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gstCamera, type GstCameraOptions } from "../../hal/gst/camera.ts";
import { listVideoNodes } from "../../hal/gst/devices.ts";
import { offeredSizes } from "../../hal/gst/v4l2.ts";
import { findVivid } from "./video/vivid.ts";
import { barsOf, faultOf, frameOf, growsStrictly, leaningRows, watch, type Bar } from "./video/watch.ts";

const vivid = findVivid();
const small = { width: 320, height: 180, fps: 15, stallMs: 5_000 };
const camera = (more: Partial<GstCameraOptions> = {}) =>
  gstCamera({ ...small, source: vivid?.path ?? "", ...more });

describe.skipIf(vivid === null)("a V4L2 camera (vivid; skipped where the kernel has none)", () => {
  beforeAll(() => vivid?.restore());
  afterAll(() => vivid?.restore());

  test("is found among the video devices, and auto opens it", async () => {
    const nodes = await listVideoNodes();
    expect(nodes.find(({ path }) => path === vivid?.path)).toMatchObject({ use: "camera", driver: "vivid" });
    const first = nodes.find(({ use }) => use === "camera")?.path;
    await using open = await camera({ source: "auto" }).open();
    expect(open.info.name).toBe(`gst v4l2 ${first}`);
  });

  test("gives pictures of the size and rate that were asked for, with growing times", async () => {
    await using open = await camera().open();
    expect(open.info).toMatchObject({ width: 320, height: 180, fps: 15, live: true });
    expect(growsStrictly(await watch(open, 30))).toBe(true);
  });

  describe("in each pixel format", () => {
    let reference: Bar[] = [];
    beforeAll(async () => {
      await using open = await camera({ format: "I420" }).open();
      reference = barsOf(await frameOf(open));
    });

    test.for("I420 YV12 NV12 NV21 NV16 Y42B YUY2 UYVY YVYU NV24 RGB BGR xRGB BGRx RGB16 RGB15".split(" "))(
      "%s has the same colours, upright",
      async (format) => {
        await using open = await camera({ format }).open();
        const frame = await frameOf(open);
        expect(leaningRows(frame)).toBe(0);
        const off = barsOf(frame).map(({ y, u, v }, i) => {
          const wanted = reference[i] ?? { y: 0, u: 0, v: 0 };
          return Math.max(...[y - wanted.y, u - wanted.u, v - wanted.v].map(Math.abs));
        });
        expect(Math.max(...off)).toBeLessThanOrEqual(format.startsWith("RGB1") ? 10 : 4);
      },
    );

    test("GRAY8 is grey, from light to dark", async () => {
      await using open = await camera({ format: "GRAY8" }).open();
      const bars = barsOf(await frameOf(open));
      expect(bars.every(({ u, v }) => u === 128 && v === 128)).toBe(true);
      const luma = bars.map(({ y }) => y);
      expect(luma).toEqual(luma.toSorted((a, b) => b - a));
    });
  });

  test.for([
    [640, 360],
    [640, 480],
    [1280, 720],
  ] as const)("%i x %i is negotiated", async ([width, height]) => {
    await using open = await camera({ width, height, fps: 5 }).open();
    const frame = await frameOf(open);
    expect([open.info.width, open.info.height, frame.width, frame.height]).toEqual([
      width,
      height,
      width,
      height,
    ]);
    expect(leaningRows(frame)).toBe(0);
  });

  test.for([
    [800, 600],
    [321, 181],
    [16, 16],
  ] as const)("%i x %i, which it does not have, is refused with what it has", async ([width, height]) => {
    const fault = await faultOf(camera({ width, height }).open());
    expect(fault).toMatchObject({ kind: "invalid", message: expect.stringContaining(`${width}x${height}`) });
    for (const size of offeredSizes(vivid?.path ?? ""))
      expect(fault.hint).toContain(`${size.width}x${size.height}`);
  });

  describe("at the rate", () => {
    test.for([
      [30, 30],
      [10, 10],
      [4, 4],
    ] as const)("of %i it gives %i", async ([fps, given]) => {
      await using open = await camera({ fps }).open();
      expect(open.info.fps).toBe(given);
    });

    test("of 7, which it lacks, it is slowed down from a quicker one", async () => {
      await using open = await camera({ fps: 7 }).open();
      const seen = await watch(open, 15);
      const meanMs = ((seen.at(-1)?.ptsUs ?? 0) - (seen[0]?.ptsUs ?? 0)) / 1_000 / 14;
      expect(meanMs).toBeGreaterThan(1_000 / 7 - 15);
    });

    test("that is too quick for its size it gives its quickest, and says so", async () => {
      await using open = await camera({ width: 1280, height: 720, fps: 60 }).open();
      expect(open.info.fps).toBeLessThan(60);
      expect(growsStrictly(await watch(open, 5))).toBe(true);
    });
  });

  describe("on the input that scales", () => {
    beforeAll(() => vivid?.input("hdmi"));
    afterAll(() => vivid?.input("webcam"));

    test.for([
      [322, 242, "I420"],
      [366, 206, "YUY2"],
      [350, 202, "NV12"],
      [330, 210, "RGB"],
    ] as const)(
      "%i x %i in %s has rows that are longer than the picture",
      async ([width, height, format]) => {
        await using open = await camera({ width, height, format }).open();
        const frame = await frameOf(open);
        expect([frame.width, frame.height]).toEqual([width, height]);
        expect(Math.max(frame.y.stride - width, frame.u.stride - width / 2)).toBeGreaterThan(0);
        expect(leaningRows(frame)).toBe(0);
      },
    );

    test("an odd size is refused with what it has", async () => {
      const fault = await faultOf(camera({ width: 321, height: 241 }).open());
      expect(fault).toMatchObject({ kind: "invalid", hint: expect.stringMatching(/\d+x\d+/) });
    });
  });

  test("each picture may be turned, and only a part of it used", async () => {
    await using open = await camera({ rotate: 90 }).open();
    expect([open.info.width, open.info.height]).toEqual([180, 320]);
    expect((await frameOf(open)).y.width).toBe(180);
  });

  test("opening and closing leaves no thread, no descriptor and no memory of the device", async () => {
    const held = (): number[] => [
      readdirSync("/proc/self/fd").length,
      readFileSync("/proc/self/maps", "utf8").split("/dev/video").length,
    ];
    await (await camera().open()).close(); // whatever is loaded once
    const [descriptors = 0, maps = 0] = held();
    for (let i = 0; i < 5; i += 1) {
      await using open = await camera().open();
      await watch(open, 2);
    }
    const [descriptorsAfter = 0, mapsAfter = 0] = held();
    expect(mapsAfter).toBe(maps);
    expect(descriptorsAfter).toBeLessThan(descriptors + 3); // each opening leaves five where it leaks
  });
});
