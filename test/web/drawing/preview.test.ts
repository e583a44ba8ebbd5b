/** What the page shows as the camera's view, what is wrong with a drawing, and where a corner snaps to. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMasker, maskChroma, maskY } from "../../../daemon/eye/mask/apply.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { Point, Polygon } from "../../../hal/geometry.ts";
import { flawsOf, wrongEdges } from "../../../web/drawing/flaws.ts";
import { maskedPicture, veil } from "../../../web/drawing/preview.ts";
import { emptyDrawing } from "../../../web/drawing/shapes.ts";
import { slopesOf, snap } from "../../../web/drawing/snap.ts";
import { dirtyMemory, noisePicture } from "../../daemon/eye/mask/pictures.ts";
import { aShape, garden, house } from "./drawings.ts";

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const polygon = fc.array(fc.tuple(fraction, fraction), { minLength: 3, maxLength: 8 });
const anyShape = fc.record({
  propertyLine: polygon,
  privacyZones: fc.array(polygon, { maxLength: 2 }),
  width: fc.integer({ min: 1, max: 23 }),
  height: fc.integer({ min: 1, max: 17 }),
});

/** A picture that is bright and red everywhere, before the mask. */
function reds({ width, height }: { width: number; height: number }) {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < rgba.length; i += 4) rgba.set([200, 50, 20, 255], i);
  const raw = noisePicture({ width, height });
  raw.y.data.fill(180);
  raw.u.data.fill(90);
  return { rgba, raw };
}

test("the preview is black where the eye's mask is, coloured where it keeps colour, gray between", () => {
  fc.assert(
    fc.property(anyShape, ({ width, height, ...shape }) => {
      const { rgba, raw } = reds({ width, height });
      const opening = rasteriseOpening({ width, height }, shape);
      const memory = dirtyMemory({ width, height });
      createMasker(opening).apply(raw, memory);
      const seen = maskedPicture(rgba, opening);
      for (let i = 0; i < width * height; i += 1) {
        const [x, y] = [i % width, Math.floor(i / width)];
        const dark = memory.y.data[y * memory.y.stride + x] === maskY;
        const colourless = memory.u.data[(y >> 1) * memory.u.stride + (x >> 1)] === maskChroma;
        const expected = dark ? [0, 0, 0, 255] : colourless ? [91, 91, 91, 255] : [200, 50, 20, 255];
        expect([...seen.subarray(4 * i, 4 * i + 4)]).toEqual(expected);
      }
    }),
  );
});

test("the veil covers exactly what the preview makes black", () => {
  fc.assert(
    fc.property(anyShape, ({ width, height, ...shape }) => {
      const opening = rasteriseOpening({ width, height }, shape);
      const seen = maskedPicture(reds({ width, height }).rgba, opening);
      const cover = veil(opening, 150);
      for (let i = 0; i < cover.length; i += 4) expect(cover[i + 3] === 150).toBe(seen[i] === 0);
    }),
  );
});

test("a drawing without a flaw has none, and crossing edges are named and shown", () => {
  expect(flawsOf(house)).toEqual([]);
  const bow: Polygon = [garden[0], garden[2], garden[1], garden[3]].map((each): Point => each ?? [0, 0]);
  const drawing = { shapes: [...house.shapes, aShape(7, "hidden", bow)] };
  const [flaw] = flawsOf(drawing);
  expect(flaw).toMatchObject({ place: 1, what: { kind: "crossing", edges: [0, 2] } });
  expect(wrongEdges(flawsOf(drawing), aShape(7, "hidden", bow))).toEqual([0, 2]);
  expect(flawsOf(emptyDrawing)).toEqual([]);
});

/** Dark left of column 20, bright from there on. */
function step() {
  const size = { width: 40, height: 20 };
  const rgba = new Uint8ClampedArray(4 * 40 * 20).fill(255);
  for (let i = 0; i < 800; i += 1) if (i % 40 < 20) rgba.fill(0, 4 * i, 4 * i + 3);
  return slopesOf(rgba, size);
}

test.each<[string, Point, Point]>([
  ["a strong edge nearby", [18 / 40, 9.5 / 20], [19.5 / 40, 9.5 / 20]],
  ["the border of the picture, exactly", [1 / 40, 10 / 20], [0, 10 / 20]],
  ["a corner of the picture", [38.5 / 40, 19 / 20], [1, 1]],
  ["nothing, where nothing stands out", [10 / 40, 10 / 20], [10 / 40, 10 / 20]],
])("a corner snaps to %s", (_, from, to) => {
  expect(snap(from, step(), 3)).toEqual(to);
});

test("a snapped corner is within reach of where it was dropped", () => {
  fc.assert(
    fc.property(fraction, fraction, (x, y) => {
      const [sx, sy] = snap([x, y], step(), 3);
      expect(Math.abs(sx - x) * 40).toBeLessThanOrEqual(3 + 1e-9);
      expect(Math.abs(sy - y) * 20).toBeLessThanOrEqual(3 + 1e-9);
    }),
  );
});
