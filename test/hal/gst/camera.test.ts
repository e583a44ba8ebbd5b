/** Cameras through GStreamer: the contract, and what is particular to files. */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Camera, CameraDriver } from "../../../hal/camera.ts";
import type { Plane } from "../../../hal/frame.ts";
import { gstCamera, type GstCameraOptions } from "../../../hal/gst/camera.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { describeCamera } from "../../contract/camera.ts";
import { clip, h264, openFootage, type Footage } from "./footage.ts";

const size = { width: 96, height: 64, fps: 15, stallMs: 10_000 };
const source = (text: string, more: Partial<GstCameraOptions> = {}) =>
  gstCamera({ ...size, source: text, ...more });

let footage: Footage;
beforeAll(async () => {
  footage = await openFootage();
  await footage.make("whole.mp4", `${clip({ frames: 45 })} ! ${h264} ! mp4mux faststart=true`);
});
afterAll(() => footage[Symbol.asyncDispose]());

describeCamera("gst", {
  finite: (frames) => source(`test:ball?frames=${frames}`),
  stalls: () => source("test:smpte?frames=3&then=stall", { stallMs: 1_500 }),
  resizes: () => source("test:smpte?frames=3&then=resize"),
  dies: () => source("test:smpte?frames=3&then=fail"),
  missing: () => source("/nowhere/porch.mp4"),
  tooLarge: () => source("test:smpte?frames=3", { maxFramePx: 6_000 }),
});

async function framesOf(camera: Camera): Promise<{ ptsUs: number; luma: number }[]> {
  const frames: { ptsUs: number; luma: number }[] = [];
  for (let frame = await camera.read(); frame !== null; frame = await camera.read())
    frames.push({ ptsUs: frame.ptsUs, luma: frame.y.data.reduce((a, b) => a + b, 0) });
  return frames;
}

/** Of the first picture: luma in its middle row, and the extremes of chroma. */
async function levelsOf(driver: CameraDriver): Promise<{ row: number[]; chroma: number[] }> {
  await using camera = await driver.open();
  const frame = await camera.read();
  if (frame === null) throw new Error("no picture");
  const rowOf = ({ data, stride, width, height }: Plane): number[] => [
    ...data.subarray(stride * (height >> 2), stride * (height >> 2) + width),
  ];
  const chroma = [...rowOf(frame.u), ...rowOf(frame.v)];
  return { row: rowOf(frame.y), chroma: [Math.min(...chroma), Math.max(...chroma)] };
}

describe("a camera that sends JPEG, whose samples go from 0 to 255", () => {
  /** By another maker of JPEG than GStreamer. */
  function jpegOf(level: number, path: string): void {
    const grey = `color=0x${level.toString(16).padStart(2, "0").repeat(3)}:s=160x120:r=15:d=0.2`;
    const coded = ["-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "2"];
    execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", grey, ...coded, path]);
  }

  test.each([
    [0, 16],
    [64, 71],
    [128, 126],
    [255, 235],
  ])("grey %i becomes %i, as everybody behind a camera takes it", async (level, luma) => {
    const path = footage.path(`grey-${level}.avi`);
    jpegOf(level, path);
    const { row } = await levelsOf(source(path));
    for (const value of row) expect(Math.abs(value - luma), String(value)).toBeLessThanOrEqual(1);
  });

  test("live, it gives what its picture was before: samples from 16 to 235, chroma about 128", async () => {
    const plain = await levelsOf(source("test:smpte?live=1"));
    // as before, coded as if its samples were of the full range
    const { row, chroma } = await levelsOf(source("test:smpte?live=1&jpeg=1"));
    expect([Math.min(...row) >= 16, Math.max(...row) <= 235]).toEqual([true, true]);
    for (const [i, value] of plain.row.entries())
      expect(Math.abs((row[i] ?? 0) - (16 + (value * 219) / 255)), `column ${i}`).toBeLessThanOrEqual(8);
    for (const [i, value] of plain.chroma.entries())
      expect(Math.abs((chroma[i] ?? 0) - (128 + ((value - 128) * 224) / 255))).toBeLessThanOrEqual(8);
  });

  test("every opening after the first knows, and gives the same", async () => {
    const camera = source("test:smpte?live=1&jpeg=1");
    expect(await levelsOf(camera)).toEqual(await levelsOf(camera));
  });
});

describe("a video file", () => {
  test("keeps its own size and rate, and tells its length", async () => {
    await using camera = await source(footage.path("whole.mp4")).open();
    expect(camera.info).toEqual({
      name: "gst file whole.mp4",
      width: 160,
      height: 120,
      fps: 15,
      live: false,
      durationMs: 3_000,
    });
    const frames = await framesOf(camera);
    expect(frames.map(({ ptsUs }) => ptsUs)).toEqual(
      Array.from({ length: 45 }, (_, i) => Math.round((i * 1e6) / 15)),
    );
  });

  const coded: [name: string, description: string, width: number, height: number][] = [
    ["odd.avi", `${clip({ width: 161, height: 121 })} ! jpegenc ! avimux`, 161, 121],
    ["yuv444.mkv", `${clip({ format: "Y444" })} ! ${h264} ! matroskamux`, 160, 120],
    ["yuv422.mkv", `${clip({ format: "Y42B" })} ! ${h264} ! matroskamux`, 160, 120],
    ["ten-bit.mkv", `${clip({ format: "I420_10LE" })} ! ${h264} ! matroskamux`, 160, 120],
    ["bare.h264", `${clip()} ! ${h264} ! video/x-h264,stream-format=byte-stream`, 160, 120],
    ["stream.ts", `${clip()} ! ${h264} ! mpegtsmux`, 160, 120],
    ["web.webm", `${clip()} ! vp8enc deadline=1 ! webmmux`, 160, 120],
    [
      "sound.mp4",
      `${clip()} ! ${h264} ! mp4mux name=m audiotestsrc num-buffers=80 ! avenc_aac ! m. m.`,
      160,
      120,
    ],
  ];
  test.for(coded)("%s is read whole", async ([name, description, width, height]) => {
    await using camera = await source(await footage.make(name, description)).open();
    expect([camera.info.width, camera.info.height]).toEqual([width, height]);
    expect(await framesOf(camera)).toHaveLength(30);
  });

  test("that was filmed upright is shown upright", async () => {
    const bytes = await readFile(footage.path("whole.mp4"));
    const matrixAt = bytes.indexOf("tkhd") + 44;
    [0, 0x10000, 0, 0xffff0000, 0, 0].forEach((word, i) => bytes.writeUInt32BE(word, matrixAt + 4 * i));
    await writeFile(footage.path("turned.mp4"), bytes);
    await using camera = await source(footage.path("turned.mp4")).open();
    expect([camera.info.width, camera.info.height]).toEqual([120, 160]);
    expect(await framesOf(camera)).toHaveLength(45);
  });

  test("is found by its name even when that looks like something else", async () => {
    const path = footage.path('rtsp: it\'s 100% "odd" ! name.mp4');
    await writeFile(path, await readFile(footage.path("whole.mp4")));
    await using camera = await source(path, { file: true }).open();
    expect(camera.info.width).toBe(160);
  });

  test("does not keep the event loop waiting", async () => {
    await using camera = await source(footage.path("whole.mp4")).open();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    for (let i = 0; i < 40; i += 1) await camera.read();
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });
});

describe("a file that is no good", () => {
  const bad: [name: string, kind: string, content: () => Promise<Uint8Array | string>][] = [
    ["empty.mp4", "corrupt", () => Promise.resolve("")],
    ["text.mp4", "corrupt", () => Promise.resolve("ceci n'est pas une vidéo\n".repeat(50))],
    [
      "noise.mp4",
      "corrupt",
      () => Promise.resolve(Uint8Array.from({ length: 50_000 }, (_, i) => (i * i * 7919) >> 5)),
    ],
    ["head.mp4", "corrupt", async () => (await readFile(footage.path("whole.mp4"))).subarray(0, 700)],
  ];
  test.for(bad)("%s is %s", async ([name, kind, content]) => {
    await writeFile(footage.path(name), await content());
    await expect(source(footage.path(name)).open()).rejects.toMatchObject({ kind, hint: expect.any(String) });
  });

  test("cut off inside or before its index is corrupt every time it is tried", async () => {
    const late = await readFile(await footage.make("late.mp4", `${clip()} ! ${h264} ! mp4mux`));
    await writeFile(footage.path("late.mp4"), late.subarray(0, late.indexOf("moov") - 4));
    for (const name of ["head.mp4", "late.mp4"])
      for (let i = 0; i < 5; i += 1)
        await expect(source(footage.path(name)).open()).rejects.toMatchObject({
          kind: "corrupt",
          message: expect.stringMatching(/cut off/),
        });
  });

  test("without a picture is corrupt", async () => {
    const path = await footage.make("sound.ogg", "audiotestsrc num-buffers=20 ! vorbisenc ! oggmux");
    await expect(source(path).open()).rejects.toMatchObject({
      kind: "corrupt",
      message: expect.stringMatching(/holds no picture/),
    });
  });

  test("or that is a folder is invalid", async () => {
    await mkdir(footage.path("folder.mp4"));
    await expect(source(footage.path("folder.mp4")).open()).rejects.toMatchObject({ kind: "invalid" });
  });

  test.each(["pipe.mp4", "/dev/null", "/dev/zero"])(
    "or that is no file at all is invalid: %s",
    async (name) => {
      const path = name.startsWith("/") ? name : footage.path(name);
      if (!name.startsWith("/")) execFileSync("mkfifo", [path]);
      await expect(source(path).open()).rejects.toMatchObject({
        kind: "invalid",
        message: `${path} is not a video file`,
        hint: expect.any(String),
      });
    },
  );

  test("is not blamed for cables, nor for a camera's size", async () => {
    await using still = await source("test:ball?frames=2&then=stall", { stallMs: 1_500 }).open();
    await expect(framesOf(still)).rejects.toMatchObject({
      kind: "timeout",
      hint: expect.not.stringContaining("cable"),
    });
    await using camera = await source("test:ball?frames=2&then=resize").open();
    await expect(framesOf(camera)).rejects.toMatchObject({ hint: expect.stringContaining("one size") });
  });

  test("or that announces an absurd picture is refused before it is decoded", async () => {
    const huge = clip({ frames: 1, width: 8_192, height: 4_096 });
    const path = await footage.make("huge.png", `${huge} ! videoconvert ! pngenc compression-level=1`);
    await expect(source(path).open()).rejects.toMatchObject({
      kind: "exhausted",
      message: expect.stringMatching(/8192x4096/),
    });
  });

  test("cut in half gives the frames it has, then says so", async () => {
    const whole = await readFile(footage.path("whole.mp4"));
    await writeFile(footage.path("cut.mp4"), whole.subarray(0, Math.floor(whole.length * 0.5)));
    await using camera = await source(footage.path("cut.mp4")).open();
    let frames = 0;
    const reading = (async () => {
      for (; (await camera.read()) !== null; frames += 1);
    })();
    await expect(reading).rejects.toMatchObject({
      kind: "corrupt",
      message: expect.stringMatching(/ends after .* of 3\.0 seconds/),
    });
    expect(frames).toBeGreaterThan(5);
  });

  test("with bytes gone wrong in the middle ends, one way or the other", async () => {
    const bytes = await readFile(footage.path("whole.mp4"));
    bytes.fill(0xa5, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.6));
    await writeFile(footage.path("bent.mp4"), bytes);
    await using camera = await source(footage.path("bent.mp4")).open();
    const end = await framesOf(camera).catch((fault: unknown) => fault);
    expect(Array.isArray(end) || (end as { kind?: string }).kind === "corrupt").toBe(true);
  });
});

describe("a live source", () => {
  test("drops the oldest for a slow reader, and the numbers show it", async () => {
    await using camera = await source("test:ball?frames=30&live=1", { fps: 60 }).open();
    await camera.read();
    const numbers: number[] = [];
    const hasGap = (): boolean => numbers.some((number, i) => number > (numbers[i - 1] ?? 0) + 1);
    for (let frame = await camera.read(); frame !== null; frame = await camera.read()) {
      numbers.push(frame.sequence);
      expect(frame.ptsUs).toBeCloseTo((frame.sequence * 1e6) / 60, -4);
      // the source runs on its own clock, on a busy machine slowly
      if (!hasGap()) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(hasGap()).toBe(true);
    expect(numbers.at(-1)).toBe(29);
    expect(camera.counters.framesIn).toBe(30);
    expect(camera.counters.framesDropped).toBe(30 - 1 - numbers.length);
  });

  test("counts silence by the clock that it was given", async () => {
    const clock = new SimClock();
    await using camera = await source("test:smpte?frames=1&then=stall", { clock, stallMs: 2_000 }).open();
    await camera.read();
    const reading = expect(camera.read()).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringMatching(/2000 ms/),
    });
    await clock.advance(2_000);
    await reading;
  });
});

test("memory that outlives its camera is empty, not somebody else's", async () => {
  const camera = await source("test:ball?frames=5").open();
  const frame = await camera.read();
  await camera.close();
  expect(frame?.y.data.length).toBe(0);
});
