import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../hal/fault.ts";
import { manifestText, maxManifestBytes, readManifest } from "../../models/manifest-file.ts";
import { labelsByClass, thresholdOf } from "../../models/manifest.ts";
import { classifier, detector, manifestOf } from "./manifests.ts";

const read = (value: unknown) => readManifest(JSON.stringify(value), "m.json");

describe("a manifest", () => {
  test("says by class number which of our labels is meant, and drops what it does not map", () => {
    expect(labelsByClass(manifestOf(detector))).toEqual(["person", null, "vehicle"]);
  });

  test("has a threshold for each of our labels, with one for those it does not name", () => {
    const manifest = manifestOf(detector, { thresholds: { person: 0.3 } });
    expect(thresholdOf(manifest, "person")).toBe(0.3);
    expect(thresholdOf(manifest, "vehicle")).toBe(0.5);
  });

  test("survives being written and read", () => {
    for (const base of [classifier, detector]) {
      const manifest = manifestOf(base);
      expect(readManifest(manifestText(manifest), "m.json")).toEqual(manifest);
    }
  });

  test.each<[why: string, value: object, message: RegExp]>([
    [
      "an unknown field",
      { ...detector, treshold: {} },
      /treshold: unknown field; did you mean thresholds\?/u,
    ],
    [
      "a field inside",
      { ...detector, input: { ...detector.input, chanels: "rgb" } },
      /input\.chanels: unknown field; did you mean channels\?/u,
    ],
    ["a missing licence", { ...detector, licence: undefined }, /licence: is missing/u],
    ["a later format", { ...detector, format: 2 }, /format: /u],
    ["a file in another folder", { ...detector, file: "../x.onnx" }, /file: a file name/u],
    ["a name that is a path", { ...detector, name: "../x" }, /name: small letters/u],
    ["an unknown decoding", { ...detector, output: { decode: "yolov99" } }, /output\.decode: /u],
    [
      "a label of nobody's",
      { ...detector, map: { persom: "person" } },
      /map\.persom: is none of the file's labels; did you mean "person"\?/u,
    ],
    ["a label that is not ours", { ...detector, map: { person: "burglar" } }, /map\.person: /u],
    ["no label at all", { ...detector, map: {} }, /map: maps nothing/u],
    [
      "a label twice",
      { ...detector, labels: ["person", "car", "car"] },
      /labels\[2\]: "car" stands here twice/u,
    ],
    ["boxes of a classifier", { ...classifier, task: "detect" }, /output\.decode: softmax does not go/u],
    [
      "a detector that cuts squares",
      { ...detector, input: { ...detector.input, fit: "square" } },
      /input\.fit: must be letterbox or stretch/u,
    ],
    [
      "two means for three channels",
      { ...detector, input: { ...detector.input, mean: [1, 2] } },
      /input\.mean: has 2 figures; bgr takes 3/u,
    ],
    [
      "a scale for bytes",
      { ...detector, input: { ...detector.input, type: "uint8", scale: 0.5 } },
      /input\.type: uint8/u,
    ],
    [
      "an input of 8 megapixels",
      { ...detector, input: { ...detector.input, width: 4000 } },
      /input\.width: /u,
    ],
    [
      "a square that is none",
      { ...classifier, input: { ...classifier.input, width: 32 } },
      /input\.height: a square cut/u,
    ],
    ["a threshold above 1", { ...detector, thresholds: { person: 50 } }, /thresholds\.person: /u],
    [
      "a square of 1280",
      { ...classifier, input: { ...classifier.input, width: 1280, height: 1280 } },
      /input\.width: a square cut has at most 320/u,
    ],
    [
      "a first class that is not read",
      { ...detector, output: { decode: "rtdetr", form: "queries", boxes: "b", scores: "s", firstClass: 1 } },
      /output\.firstClass: does not go with the form queries/u,
    ],
    [
      "an activation that is not read",
      {
        ...detector,
        output: {
          decode: "rtdetr",
          form: "final",
          boxes: "b",
          scores: "s",
          classes: "c",
          activation: "softmax",
        },
      },
      /output\.activation: does not go with the form final/u,
    ],
    [
      "a final head without its classes",
      { ...detector, output: { decode: "rtdetr", form: "final", boxes: "b", scores: "s" } },
      /output\.classes: is needed/u,
    ],
  ])("is refused with a clear error: %s", (_, value, message) => {
    expect(() => read(value)).toThrow(message);
    expect(() => read(value)).toThrow(expect.objectContaining({ kind: "invalid", hint: expect.any(String) }));
  });

  test("of thousands of fields and labels that there are not is told a few at a time", () => {
    const many = (value: unknown) =>
      Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`field-${at}`, value]));
    expect(() => read({ ...detector, ...many(1) })).toThrow(/field-9: unknown field; and 4990 more$/u);
    expect(() => read({ ...detector, map: many("person") })).toThrow(
      /map: has 5000 entries; the file has 3 labels; map\S+field-0/u,
    );
    expect(() => read({ ...detector, map: { ["x".repeat(61)]: "person" } })).toThrow(/map\.x+/u);
  });

  test("names everything that is wrong at once", () => {
    expect(() => read({ ...detector, sha256: "x", bytes: 0 })).toThrow(/sha256: .*; bytes: /u);
  });

  test("maps a label that looks like a part of JavaScript as any other", () => {
    const text = JSON.stringify({ ...detector, labels: ["constructor"], map: { constructor: "person" } });
    expect(labelsByClass(readManifest(text, "m.json"))).toEqual(["person"]);
  });

  test("that is too long or no JSON is refused", () => {
    expect(() => readManifest(" ".repeat(maxManifestBytes + 1), "m.json")).toThrow(/at most/u);
    expect(() => readManifest("{", "m.json")).toThrow(/m\.json: not JSON/u);
  });

  test("is a Fault or a manifest, whatever stands in it", () => {
    const broken = fc.dictionary(
      fc.constantFrom(...Object.keys(detector), "map", "thresholds"),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(broken, (changes) => {
        try {
          expect(read({ ...detector, ...changes }).format).toBe(1);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
          expect((error as Fault).message.length).toBeLessThan(2500);
        }
      }),
    );
  });
});
