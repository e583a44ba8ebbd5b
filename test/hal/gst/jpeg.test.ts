/** JPEG and probe through GStreamer. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import type { MaskedFrame } from "../../../hal/frame.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";
import { openJpegEncoder } from "../../../hal/gst/jpeg.ts";
import { fitWithin } from "../../../hal/gst/jpeg-engine.ts";
import { probeGst } from "../../../hal/gst/probe.ts";
import { movingPicture } from "../../contract/masked.ts";

const frameOf = (width: number, height: number): MaskedFrame =>
  movingPicture({ width, height })(1, createPlainMemory(width, height));

/** Size and mean luma as a decoder sees them. */
async function look(jpeg: Uint8Array): Promise<{ size: string; luma: number }> {
  const folder = await mkdtemp(join(tmpdir(), "sill-jpeg-"));
  await writeFile(join(folder, "still.jpg"), jpeg);
  const options = { source: join(folder, "still.jpg"), width: 1, height: 1, fps: 1, stallMs: 5_000 };
  await using camera = await gstCamera(options).open();
  const frame = await camera.read();
  await rm(folder, { recursive: true });
  return { size: `${frame?.width}x${frame?.height}`, luma: meanLuma(frame) };
}

function meanLuma(frame: Pick<MaskedFrame, "y"> | null): number {
  if (frame === null) return Number.NaN;
  const { data, stride, width, height } = frame.y;
  let sum = 0;
  for (let y = 0; y < height; y += 1)
    for (const sample of data.subarray(y * stride, y * stride + width)) sum += sample;
  return sum / (width * height);
}

describe("jpeg encoder", () => {
  test("makes one still after the other, of any size, scaled down and never up", async () => {
    await using jpeg = await openJpegEncoder();
    const asked: [width: number, height: number, longestPx: number, size: string][] = [
      [320, 240, 9_999, "320x240"],
      [320, 240, 80, "80x60"],
      [161, 121, 9_999, "161x121"],
      [120, 160, 80, "60x80"],
      [320, 240, 320, "320x240"],
    ];
    for (const [width, height, longestPx, size] of asked)
      expect((await look(await jpeg.encode(frameOf(width, height), longestPx))).size).toBe(size);
  });

  test("keeps the picture's brightness", async () => {
    await using jpeg = await openJpegEncoder();
    const frame = frameOf(160, 120);
    const { luma } = await look(await jpeg.encode(frame, 160));
    expect(Math.abs(luma - meanLuma(frame))).toBeLessThan(2);
  });

  test.each([
    [16, 0],
    [126, 128],
    [235, 255],
  ])("luma %i is grey %i to whoever opens the picture", async (luma, grey) => {
    await using jpeg = await openJpegEncoder();
    const frame = frameOf(160, 120);
    frame.y.data.fill(luma);
    for (const { data } of [frame.u, frame.v]) data.fill(128);
    const ffmpeg = [
      "-v",
      "error",
      "-f",
      "mjpeg",
      "-i",
      "pipe:0",
      "-f",
      "rawvideo",
      "-pix_fmt",
      "rgb24",
      "pipe:1",
    ];
    const pixels = execFileSync("ffmpeg", ffmpeg, { input: await jpeg.encode(frame, 160) });
    expect(pixels.length).toBe(160 * 120 * 3);
    for (const value of pixels) expect(Math.abs(value - grey), String(value)).toBeLessThanOrEqual(2);
  });

  test("has copied the frame when encode returns, and answers calls in order", async () => {
    await using jpeg = await openJpegEncoder();
    const [first, second] = [frameOf(160, 120), frameOf(80, 60)];
    const alone = await jpeg.encode(first, 160);
    const both = [jpeg.encode(first, 160), jpeg.encode(second, 80)];
    first.y.data.fill(16);
    const [again, other] = await Promise.all(both);
    expect(again).toEqual(alone);
    expect((await look(other ?? alone)).size).toBe("80x60");
  });

  test("a picture that came too late never answers a later call", async () => {
    await using jpeg = await openJpegEncoder();
    await expect(jpeg.encode(frameOf(320, 240), 320, 0)).rejects.toMatchObject({ kind: "timeout" });
    expect((await look(await jpeg.encode(frameOf(80, 60), 80))).size).toBe("80x60");
  });

  test("refuses a size of nothing, and work after it was closed", async () => {
    const jpeg = await openJpegEncoder();
    await expect(jpeg.encode(frameOf(16, 16), 0)).rejects.toMatchObject({ kind: "invalid" });
    await jpeg.close();
    await jpeg.close();
    await expect(jpeg.encode(frameOf(16, 16), 16)).rejects.toMatchObject({ kind: "unavailable" });
  });

  test.for([
    [1920, 1080, 320, 320, 180],
    [1, 1000, 10, 1, 10],
    [100, 50, 200, 100, 50],
  ] as const)("%i x %i within %i is %i x %i", ([width, height, longest, w, h]) => {
    expect(fitWithin({ width, height }, longest)).toEqual({ width: w, height: h });
  });
});

test("the probe tells version, elements and encoder, and no problem where all is installed", async () => {
  const probe = await probeGst();
  expect(probe.version).toMatch(/^1\.\d+\.\d+$/);
  expect(probe.elements["appsrc"]).toBe(true);
  expect(probe.encoder).not.toBeNull();
  expect(probe.problems).toEqual([]);
});
