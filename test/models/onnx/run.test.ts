import { describe, expect, test } from "vitest";
import { Decoder } from "../../../models/decode/decoder.ts";
import { Input } from "../../../models/input/input.ts";
import type { BoxPx } from "../../../hal/geometry.ts";
import { heads, side, type Seen } from "../decode/heads.ts";
import { frameOf } from "../frames.ts";
import { classifier, detector } from "../manifests.ts";
import { openModel } from "./answers.ts";
import { manifestFor } from "./files.ts";
import { attribute, constant, initializer, writeOnnx } from "./writer.ts";

const region: BoxPx = [0, 0, 64, 48];

describe("a model of each family, checked, run by onnxruntime and decoded", () => {
  const frame = frameOf({ width: 64, height: 48 }, { y: (x, y) => 40 + x + y });
  const seen: Seen[] = [
    { at: 0, score: 0.8, box: [4, 8, 20, 40] },
    { at: 2, score: 0.7, box: [30, 12, 60, 44] },
    { at: 1, score: 0.75, box: [1, 1, 9, 9] },
  ];

  test.each(heads)("$name", async ({ say, output, factor = 1 }) => {
    const said = say(seen);
    const file = writeOnnx({
      inputs: [{ name: "images", dims: ["batch", 3, side, side] }],
      outputs: said.map(({ name, dims, data }) => ({
        name,
        // As exports do: how many boxes there will be is left open.
        dims: dims.map((dim) => (dim === seen.length ? "boxes" : dim)),
        type: data instanceof BigInt64Array ? "int64" : "float32",
      })),
      nodes: said.map(({ name, dims, data }) => constant(name, dims, data)),
    });
    const input = { ...detector.input, width: side, height: side };
    const manifest = manifestFor(file, detector, { input, output });
    await using model = await openModel(manifest, file);
    const tensor = new Input(manifest.input);
    const placement = tensor.fill(frame, region);
    const found = new Decoder(manifest).decode(await model.answer(tensor), { frame, region, placement });
    const near = (...box: number[]) => box.map((value) => expect.closeTo(value, 3) as number);
    expect(found).toEqual([
      { label: "person", score: expect.closeTo(0.8 * factor, 4), box: near(4, 8, 16, 32) },
      { label: "vehicle", score: expect.closeTo(0.7 * factor, 4), box: near(30, 12, 30, 32) },
    ]);
  });
});

describe("a classifier of colours sees what is in its region and nothing else", () => {
  /** Logits are a tenth of the mean red, green and blue: a 1x1 convolution, the mean of all pixels, a reshape. */
  const file = writeOnnx({
    inputs: [{ name: "images", dims: [1, 3, 16, 16] }],
    outputs: [{ name: "logits", dims: [1, 3] }],
    nodes: [
      {
        op: "Conv",
        inputs: ["images", "weights"],
        outputs: ["mixed"],
        attributes: [attribute.ints("kernel_shape", [1, 1])],
      },
      { op: "GlobalAveragePool", inputs: ["mixed"], outputs: ["means"] },
      { op: "Reshape", inputs: ["means", "shape"], outputs: ["logits"] },
    ],
    initializers: [
      initializer("weights", [3, 3, 1, 1], [0.1, 0, 0, 0, 0.1, 0, 0, 0, 0.1]),
      initializer("shape", [2], BigInt64Array.of(1n, 3n)),
    ],
  });
  const manifest = manifestFor(file, classifier, {
    input: { width: 16, height: 16, channels: "rgb", fit: "square" },
    labels: ["red", "green", "blue"],
    map: { red: "person", green: "vehicle", blue: "animal" },
  });
  /** Red on the left, green in the middle, blue on the right, in BT.601. */
  const colours = [
    [82, 90, 240],
    [145, 54, 34],
    [41, 240, 110],
  ] as const;
  const draw = (plane: number, width: number) => (x: number) =>
    colours[Math.floor((x * 3) / width)]?.[plane] ?? 0;
  const frame = frameOf(
    { width: 120, height: 60 },
    { y: draw(0, 120), u: draw(1, 60), v: draw(2, 60), gap: 8 },
  );

  test.each<[label: string, region: BoxPx]>([
    ["person", [5, 10, 20, 30]],
    ["vehicle", [48, 0, 24, 24]],
    ["animal", [100, 20, 30, 30]],
  ])("%s", async (label, region) => {
    await using model = await openModel(manifest, file);
    const input = new Input(manifest.input);
    const placement = input.fill(frame, region);
    const found = new Decoder(manifest).decode(await model.answer(input), { frame, region, placement });
    expect(found).toMatchObject([{ label, score: expect.closeTo(1, 3) }]);
  });
});
