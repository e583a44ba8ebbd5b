import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BoxPx } from "../../../hal/geometry.ts";
import { Input } from "../../../models/input/input.ts";
import type { Colours } from "../../../models/input/colours.ts";
import { inputSchema } from "../../../models/manifest-input.ts";
import { frameOf, type Draw } from "../frames.ts";

const specOf = (changes: object) =>
  inputSchema.parse({ width: 8, height: 8, channels: "gray", fit: "stretch", ...changes });
const plain: Colours = { matrix: "bt601", range: "full" };
const none: BoxPx = [0, 0, 0, 0];

/** The tensor as figures. */
function filled(
  spec: object,
  frame: Parameters<Input["fill"]>[0],
  region = none,
  colours?: Colours,
): number[] {
  const input = new Input(specOf(spec));
  input.fill(frame, region, colours);
  return [...input.data];
}

describe("scaling", () => {
  const noise =
    (seed: number): Draw =>
    (x, y) =>
      (x * 7919 + y * 104_729 + seed * 31) % 251;

  /** The mean of `draw` over an area of whole and part pixels; beyond the edge the edge is repeated. */
  function mean(draw: Draw, size: [number, number], [x0, y0, w, h]: BoxPx): number {
    const within = (value: number, most: number) => Math.min(most - 1, Math.max(0, value));
    let sum = 0;
    for (let y = Math.floor(y0); y < y0 + h; y += 1)
      for (let x = Math.floor(x0); x < x0 + w; x += 1) {
        const wide = Math.min(x + 1, x0 + w) - Math.max(x, x0);
        const high = Math.min(y + 1, y0 + h) - Math.max(y, y0);
        sum += wide * high * draw(within(x, size[0]), within(y, size[1]));
      }
    return sum / (w * h);
  }

  test("down gives every pixel the mean of the area that it covers, also beyond the edge", () => {
    const size = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(size, size, fc.nat(1000), fc.integer({ min: 8, max: 60 }), (width, height, seed, side) => {
        const frame = frameOf({ width, height }, { y: noise(seed) });
        const region: BoxPx = [width / 3 - side / 2, height / 4 - side / 2, side, side / 2];
        const [left, top, step] = [region[0], region[1] + side / 4 - side / 2, side / 8];
        const got = filled({ fit: "square" }, frame, region, plain);
        for (const [at, value] of got.entries()) {
          const area: BoxPx = [left + (at % 8) * step, top + Math.floor(at / 8) * step, step, step];
          expect(value).toBeCloseTo(mean(noise(seed), [width, height], area), 3);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("up goes straight from one centre to the next and stays level beyond the last", () => {
    const frame = frameOf({ width: 2, height: 2 }, { y: (x) => (x === 0 ? 40 : 200) });
    const row = filled({}, frame, none, plain).slice(0, 8);
    expect(row.map((value) => Math.round(value))).toEqual([40, 40, 60, 100, 140, 180, 200, 200]);
  });

  test("does not see what lies between the rows", () => {
    const spec = { channels: "rgb", width: 16, height: 16 };
    const draw = { y: noise(1), u: noise(2), v: noise(3) };
    const size = { width: 33, height: 21 };
    expect(filled(spec, frameOf(size, { ...draw, gap: 13 }))).toEqual(filled(spec, frameOf(size, draw)));
  });

  test("takes a region that lies wholly outside as the picture's edge", () => {
    const frame = frameOf({ width: 20, height: 20 }, { y: (x) => x * 10 });
    expect(new Set(filled({ fit: "square" }, frame, [60, 5, 10, 10], plain))).toEqual(new Set([190]));
  });
});

describe("colours", () => {
  const rgb = ([y, u, v]: readonly number[], colours?: Colours) => {
    const draw =
      (value = 0): Draw =>
      () =>
        value;
    const frame = frameOf({ width: 4, height: 4 }, { y: draw(y), u: draw(u), v: draw(v) });
    return filled({ channels: "rgb", layout: "nhwc", type: "uint8" }, frame, none, colours).slice(0, 3);
  };

  test.each<[name: string, yuv: [number, number, number], colours: Colours, rgb: number[]]>([
    ["black", [16, 128, 128], { matrix: "bt601", range: "limited" }, [0, 0, 0]],
    ["white", [235, 128, 128], { matrix: "bt709", range: "limited" }, [255, 255, 255]],
    ["red of BT.601", [81, 90, 240], { matrix: "bt601", range: "limited" }, [254, 0, 0]],
    ["red of BT.709", [63, 102, 240], { matrix: "bt709", range: "limited" }, [255, 1, 0]],
    ["green of BT.601", [145, 54, 34], { matrix: "bt601", range: "limited" }, [0, 255, 1]],
    ["red of JPEG", [76, 85, 255], { matrix: "bt601", range: "full" }, [254, 0, 0]],
    ["black of JPEG", [0, 128, 128], { matrix: "bt601", range: "full" }, [0, 0, 0]],
  ])("%s", (_, yuv, colours, expected) => {
    expect(rgb(yuv, colours)).toEqual(expected);
  });

  test("are those of BT.601 in small pictures and of BT.709 in large ones, unless somebody knows better", () => {
    const red = { y: () => 63, u: () => 102, v: () => 240 };
    const [small, large] = [
      { width: 4, height: 576 },
      { width: 4, height: 578 },
    ];
    const spec = { channels: "rgb" };
    expect(filled(spec, frameOf(small, red))).toEqual(
      filled(spec, frameOf(small, red), none, { matrix: "bt601", range: "limited" }),
    );
    expect(filled(spec, frameOf(large, red))).toEqual(
      filled(spec, frameOf(large, red), none, { matrix: "bt709", range: "limited" }),
    );
  });

  test("beyond the property line are black", () => {
    const line = [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ] as const;
    const frame = frameOf({ width: 16, height: 16 }, { y: () => 200, line });
    expect(filled({ width: 16, height: 16 }, frame).slice(0, 16)).toEqual([
      ...Array.from({ length: 8 }, () => expect.closeTo(214.2, 1) as number),
      ...Array.from({ length: 8 }, () => 0),
    ]);
  });
});

describe("the tensor", () => {
  const frame = frameOf(
    { width: 32, height: 24 },
    { y: (x, y) => 40 + x * 4 + y, u: (x) => 100 + x, v: (_, y) => 150 - y },
  );
  const rgb = filled({ channels: "rgb" }, frame);
  const at = (channel: number, pixel: number) => rgb[channel * 64 + pixel] ?? Number.NaN;

  test("has its channels one after the other, or pixel by pixel", () => {
    const nhwc = filled({ channels: "rgb", layout: "nhwc" }, frame);
    expect(nhwc).toEqual(nhwc.map((_, index) => at(index % 3, Math.floor(index / 3))));
  });

  test("has blue first when the model was trained so", () => {
    expect(filled({ channels: "bgr" }, frame)).toEqual([
      ...rgb.slice(128),
      ...rgb.slice(64, 128),
      ...rgb.slice(0, 64),
    ]);
  });

  test("has bytes that are the figures rounded", () => {
    expect(filled({ channels: "rgb", type: "uint8" }, frame)).toEqual(rgb.map((value) => Math.round(value)));
  });

  test("is scaled, then the mean is taken off, then divided", () => {
    const got = filled({ channels: "rgb", scale: 1 / 255, mean: [0.5, 0.25, 0], std: [0.5, 1, 2] }, frame);
    for (const pixel of [0, 17, 63]) {
      expect(got[pixel]).toBeCloseTo((at(0, pixel) / 255 - 0.5) / 0.5, 4);
      expect(got[64 + pixel]).toBeCloseTo(at(1, pixel) / 255 - 0.25, 4);
      expect(got[128 + pixel]).toBeCloseTo(at(2, pixel) / 255 / 2, 4);
    }
  });

  test("is padded where the picture is not, with what the manifest says, anew for every shape", () => {
    const input = new Input(specOf({ fit: "letterbox", align: "centre", pad: 114, scale: 1 / 114 }));
    const rows = () => Array.from({ length: 8 }, (_, row) => input.data[row * 8]);
    input.fill(frameOf({ width: 16, height: 4 }, { y: () => 16 }), none);
    expect(rows()).toEqual([1, 1, 1, 0, 0, 1, 1, 1]);
    input.fill(frameOf({ width: 16, height: 8 }, { y: () => 16 }), none);
    expect(rows()).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
    input.fill(frameOf({ width: 16, height: 4 }, { y: () => 16 }), none);
    expect(rows()).toEqual([1, 1, 1, 0, 0, 1, 1, 1]);
  });

  test("is the same memory for every frame", () => {
    const input = new Input(specOf({}));
    const { data } = input;
    input.fill(frame, none);
    input.fill(frameOf({ width: 5, height: 5 }, { y: () => 0 }), none);
    expect(input.data).toBe(data);
  });

  test.each<[region: BoxPx]>([[[Number.NaN, 0, 1, 1]], [[0, 0, -1, 1]], [[0, 0, 1e9, 1]]])(
    "is not made of a region %j that no caller has any business with",
    (region) => {
      expect(() => filled({ fit: "square" }, frame, region)).toThrow(/assertion failed: region/u);
    },
  );
});
