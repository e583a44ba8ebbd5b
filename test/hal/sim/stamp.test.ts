import { spawnSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newPicture } from "../../../hal/sim/picture.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import { paintStamp, readStamp } from "../../../hal/sim/porch/stamp.ts";

describe("the stamp", () => {
  test("any wall time comes back, modulo 2^32, at any size", () => {
    const time = fc.integer({ min: 0, max: 4e12 });
    const side = fc.integer({ min: 160, max: 700 });
    fc.assert(
      fc.property(time, side, side, (wallMs, width, height) => {
        const picture = newPicture({ width, height });
        paintStamp(picture, wallMs);
        const { data, stride } = picture.y;
        return readStamp((x, y) => data[y * stride + x] ?? 0, width, height) === wallMs % 2 ** 32;
      }),
      { numRuns: 60 },
    );
  });

  test("a picture without one reads as none", () => {
    const porch = createPorch({}, { width: 320, height: 180 });
    const picture = newPicture(porch);
    porch.render(15_000, picture);
    expect(readStamp((x, y) => picture.y.data[y * picture.y.stride + x] ?? 0, 320, 180)).toBeNull();
  });

  test("lies inside the property line", () => {
    const bottom = porchPolicy.propertyLine.filter(([, y]) => y === 1).map(([x]) => x);
    expect([Math.min(...bottom), Math.max(...bottom)]).toEqual([0, 1]);
    expect(Math.max(...porchPolicy.propertyLine.filter(([, y]) => y < 1).map(([, y]) => y))).toBeLessThan(
      0.9,
    );
  });

  test("is read by a function that needs nothing around it", () => {
    expect(runInNewContext(`(${readStamp.toString()})(() => 128, 640, 360)`)).toBeNull();
  });

  test("survives H.264 at 2 Mbit/s with rain and a visitor", (context) => {
    if (spawnSync("ffmpeg", ["-version"]).status !== 0) return context.skip("ffmpeg is not installed");
    const [width, height, frames, fps] = [1280, 720, 6, 15];
    const porch = createPorch({ light: "night", rain: "on", stamp: true }, { width, height });
    const times = Array.from({ length: frames }, (_, i) => 1_790_000_000_000 + Math.round((i * 1000) / fps));
    const raw = Buffer.concat(
      times.flatMap((wallMs, i) => {
        const picture = newPicture(porch);
        porch.render(17_000 + (i * 1000) / fps, picture, wallMs);
        return [picture.y.data, picture.u.data, picture.v.data];
      }),
    );
    const format = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-r", String(fps)];
    const encode = [
      "-c:v",
      "libx264",
      "-preset",
      "ultrafast",
      "-tune",
      "zerolatency",
      "-b:v",
      "2M",
      "-f",
      "h264",
      "-",
    ];
    const maxBuffer = 1 << 28;
    const coded = spawnSync("ffmpeg", [...format, "-i", "-", ...encode], { input: raw, maxBuffer }).stdout;
    const back = ["-f", "h264", "-i", "-", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"];
    const decoded = spawnSync("ffmpeg", back, { input: coded, maxBuffer }).stdout;
    const bytes = (width * height * 3) / 2;
    const read = times.map((_, i) =>
      readStamp((x, y) => decoded[i * bytes + y * width + x] ?? 0, width, height),
    );
    expect(read).toEqual(times.map((wallMs) => wallMs % 2 ** 32));
  });
});
