import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkModel } from "../../../models/check.ts";
import { manifestFrom, manifestText, readManifest } from "../../../models/manifest-file.ts";
import { coco80, coco90 } from "../../../models/manifests/coco.ts";
import { families, type Family } from "../../../models/manifests/families.ts";
import { manifestLike } from "../../../models/manifests/like.ts";
import { zeros } from "../onnx/files.ts";
import type { Dim, Value } from "../onnx/writer.ts";

const about = { name: "mine", file: "mine.onnx" };
const out = (name: string, dims: readonly Dim[], type: Value["type"] = "float32"): Value => ({
  name,
  dims,
  type,
});
const picture = (side: Dim): Value => ({ name: "images", dims: [1, 3, side, side] });
const bytes: Value = { name: "images", type: "uint8", dims: [1, null, null, 3] };
const size: Value = { name: "orig_target_sizes", type: "int64", dims: [null, 2] };

interface Export {
  readonly what: string;
  readonly family: Family;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly manifest: object;
}

/** As the usual tools write them. */
const exports: readonly Export[] = [
  {
    what: "YOLOX of 416",
    family: "yolox",
    inputs: [picture(416)],
    outputs: [out("output", [1, 3549, 85])],
    manifest: {
      input: { width: 416, channels: "bgr", align: "start", scale: 1 },
      output: { decode: "yolox", grid: true },
    },
  },
  {
    what: "YOLOv5 with its three scales beside the result",
    family: "yolov5",
    inputs: [picture(320)],
    outputs: [out("output", [1, 6300, 85]), out("p3", [1, 3, 40, 40, 85]), out("p4", [1, 3, 20, 20, 85])],
    manifest: {
      input: { height: 320, align: "centre", scale: 1 / 255 },
      output: { decode: "yolov5", name: "output" },
    },
  },
  {
    what: "YOLOv8, its size left open",
    family: "yolov8",
    inputs: [picture("side")],
    outputs: [out("output0", ["batch", 84, "anchors"])],
    manifest: { input: { width: 640, channels: "rgb" }, output: { decode: "yolov8", form: "columns" } },
  },
  {
    what: "YOLOv10, end to end",
    family: "yolov8",
    inputs: [picture(640)],
    outputs: [out("output0", [1, 300, 6])],
    manifest: { output: { decode: "yolov8", form: "end-to-end" } },
  },
  {
    what: "TensorFlow's SSD",
    family: "ssd",
    inputs: [bytes],
    outputs: [
      out("detection_boxes:0", [1, 100, 4]),
      out("detection_classes:0", [1, 100]),
      out("detection_scores:0", [1, 100]),
      out("num_detections:0", [1]),
    ],
    manifest: {
      input: { width: 300, layout: "nhwc", type: "uint8", fit: "stretch" },
      output: { decode: "ssd", form: "tensorflow", count: "num_detections:0", firstClass: 1 },
      labels: coco90,
    },
  },
  {
    what: "TensorFlow 2's SSD, with all that it gives",
    family: "ssd",
    inputs: [bytes],
    outputs: [
      out("detection_anchor_indices", [1, 100]),
      out("detection_boxes", [1, 100, 4]),
      out("detection_classes", [1, 100]),
      out("detection_multiclass_scores", [1, 100, 91]),
      out("detection_scores", [1, 100]),
      out("num_detections", [1]),
      out("raw_detection_boxes", [1, 1917, 4]),
      out("raw_detection_scores", [1, 1917, 91]),
    ],
    manifest: {
      output: {
        form: "tensorflow",
        boxes: "detection_boxes",
        scores: "detection_scores",
        classes: "detection_classes",
        count: "num_detections",
      },
    },
  },
  {
    what: "torchvision's SSDLite",
    family: "ssd",
    inputs: [picture(320)],
    outputs: [out("boxes", [null, 4]), out("scores", [null]), out("labels", [null], "int64")],
    manifest: { input: { width: 320 }, output: { decode: "ssd", form: "torchvision", classes: "labels" } },
  },
  {
    what: "RT-DETR with its own last step",
    family: "rtdetr",
    inputs: [picture(640), size],
    outputs: [out("labels", [null, 300], "int64"), out("boxes", [null, 300, 4]), out("scores", [null, 300])],
    manifest: {
      input: { sizeName: "orig_target_sizes", fit: "stretch" },
      output: { form: "final", classes: "labels" },
    },
  },
  {
    what: "RT-DETR without it",
    family: "rtdetr",
    inputs: [picture(640)],
    outputs: [out("logits", [1, 300, 80]), out("pred_boxes", [1, 300, 4])],
    manifest: { output: { form: "queries", boxes: "pred_boxes", scores: "logits" } },
  },
  {
    what: "RT-DETR in one output",
    family: "rtdetr",
    inputs: [picture(640)],
    outputs: [out("output0", [1, 300, 84])],
    manifest: { output: { decode: "yolov8", form: "rows", units: "fractions" }, nmsIou: 0.8 },
  },
];

describe("the usual export of each family needs no manifest by hand", () => {
  test.each(exports)("$what", ({ family, inputs, outputs, manifest: wanted }) => {
    const file = zeros(inputs, outputs);
    const manifest = manifestLike(family, file, { ...about, labels: "coco" });
    expect(manifest).toMatchObject(wanted);
    expect(manifest.map).toMatchObject({ person: "person", truck: "vehicle", dog: "animal" });
    expect(checkModel(readManifest(manifestText(manifest), "mine.json"), file, 2 ** 30).inputs.picture).toBe(
      "images",
    );
  });
});

describe("a model of labels of its own", () => {
  const file = zeros([picture(64)], [out("output", [1, 84, 8])]);

  test("is taken with their names, and what they are to us is known by the words", () => {
    const manifest = manifestLike("yolox", file, {
      ...about,
      labels: ["Person", "delivery robot", "package"],
    });
    expect(manifest.map).toEqual({ Person: "person", package: "parcel" });
  });

  test.each(exports.filter(({ what }) => /end to end|SSD|last step/u.test(what)))(
    "is not taken for COCO's where the file does not say how many: $what",
    ({ family, inputs, outputs }) => {
      expect(() => manifestLike(family, zeros(inputs, outputs), about)).toThrow(/how many labels/u);
    },
  );

  test("is not taken without them, with too few, or with none that is known", () => {
    expect(() => manifestLike("yolox", file, about)).toThrow(/knows 3 labels/u);
    expect(() => manifestLike("yolox", file, { ...about, labels: ["person", "car"] })).toThrow(
      /5 \+ 2 labels/u,
    );
    expect(() => manifestLike("yolox", file, { ...about, labels: ["a", "b", "c"] })).toThrow(
      /none of the labels "a"/u,
    );
  });
});

describe("a refusal speaks of what was written: the family and the labels", () => {
  const yolo = (...dims: Value["dims"]) => zeros([picture(64)], [out("output", dims)]);
  const three = { labels: ["person", "car", "dog"] };

  test.each<[family: Family, file: Uint8Array, more: object, message: RegExp, hint: RegExp]>([
    ["rtdetr", yolo(1, 84, 85), three, /; rtdetr reads float32 /u, /^--labels has 3 labels.*another --like/u],
    ["yolox", yolo(1, 84, 9), three, /; yolox reads float32 /u, /^--labels has 3 labels.*another --like/u],
    ["yolox", yolo(1, 50, 85), {}, /; yolox reads /u, /^COCO has 80 labels/u],
    ["yolox", yolo(1, 84, 7), {}, /knows 2 labels/u, /--labels FILE/u],
    ["yolox", yolo(1, 84, 8), { labels: ["a", "b", "c"] }, /none of the labels/u, /--map theirs=/u],
    [
      "yolox",
      zeros([{ ...picture(64), type: "float16" }], [out("output", [1, 84, 8])]),
      three,
      /takes float16 1x3x64x64 as "images"; a yolox is given float32/u,
      /32-bit figures/u,
    ],
  ])("%s, #%#", (family, file, more, message, hint) => {
    const like = () => manifestLike(family, file, { ...about, ...more });
    expect(like).toThrow(message);
    expect(like).toThrow(expect.objectContaining({ kind: "invalid", hint: expect.stringMatching(hint) }));
    expect(like).not.toThrow(/manifest/u);
  });
});

describe("a file of another family is refused with what it has", () => {
  test.each<[family: Family, outputs: readonly Value[], message: RegExp]>([
    ["ssd", [out("output", [1, 84, 8])], /outputs are not those of ssd: "output" \(float32 1x84x8\)/u],
    ["rtdetr", [out("a", [1, 5]), out("b", [1, 5])], /not those of rtdetr/u],
    ["yolov5", [out("a", [1, 5, 85]), out("b", [1, 5, 85])], /not those of yolov5/u],
    ["yolox", [out("output", [1, 25_200, 85])], /yolox reads float32 1 x cells/u],
  ])("%s", (family, outputs, message) => {
    expect(() => manifestLike(family, zeros([picture(416)], outputs), about)).toThrow(message);
  });

  test("or no picture to take", () => {
    const file = zeros([{ name: "x", dims: [1, 10] }], [out("output", [1, 84, 85])]);
    expect(() => manifestLike("yolox", file, about)).toThrow(
      /no input of four dimensions: "x" \(float32 1x10\)/u,
    );
  });
});

test("a damaged file is a Fault or a manifest that fits it, whatever family it is said to be of", () => {
  const whole = exports.map(({ inputs, outputs }) => zeros(inputs, outputs));
  const change = fc.tuple(fc.nat(400), fc.nat(255));
  const some = fc.tuple(
    fc.constantFrom(...whole),
    fc.constantFrom(...families),
    fc.array(change, { maxLength: 3 }),
  );
  fc.assert(
    fc.property(some, ([file, family, changes]) => {
      // Counted from the end, where inputs, outputs and versions are; before them are thousands of zeros.
      const damaged = Uint8Array.from(file);
      for (const [at, byte] of changes) damaged[damaged.length - 1 - (at % damaged.length)] = byte;
      try {
        const manifest = manifestLike(family, damaged, { ...about, labels: "coco" });
        expect(checkModel(manifest, damaged, 2 ** 30).summary.irVersion).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toMatchObject({ name: "Fault", kind: expect.stringMatching(/^(?:invalid|corrupt)$/u) });
      }
    }),
    { numRuns: 300 },
  );
});

test("COCO's numbers are where COCO put them", () => {
  const known = {
    1: "person",
    13: "stop sign",
    27: "backpack",
    44: "bottle",
    67: "dining table",
    72: "tv",
    90: "toothbrush",
  };
  for (const [number, name] of Object.entries(known)) expect(coco90[Number(number) - 1]).toBe(name);
  expect(coco80).toHaveLength(80);
  expect(coco90.filter((name) => name !== "-")).toEqual(coco80);
  expect(() => manifestFrom({ labels: coco90 }, "m.json")).not.toThrow(/labels/u);
});
