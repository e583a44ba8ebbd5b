import { expect, test } from "vitest";
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { rasteriseOpening, type Opening } from "../../../../daemon/policy/opening.ts";
import type { RawFrame } from "../../../../hal/frame.ts";
import { dirtyMemory, noisePicture } from "./pictures.ts";

const size = { width: 61, height: 43 };
const opening: Opening = rasteriseOpening(size, {
  propertyLine: [
    [0.1, 0],
    [0.9, 0.2],
    [0.6, 0.5],
    [1, 1],
    [0, 0.8],
  ],
  privacyZones: [],
});

const masked = (raw: RawFrame, masker = createMasker(opening)): Uint8Array[] => {
  const { y, u, v } = masker.apply(raw, dirtyMemory(size));
  return [y.data, u.data, v.data];
};

test("a block of memory that comes back again and again is masked as if it were new", () => {
  const masker = createMasker(opening);
  const block = noisePicture(size, { paddingBytes: 3 });
  for (let seed = 2; seed < 6; seed += 1) {
    const next = noisePicture(size, { paddingBytes: 3, seed });
    for (const plane of ["y", "u", "v"] as const) block[plane].data.set(next[plane].data);
    expect(masked(block, masker)).toEqual(masked(next));
  }
});

test("the same memory with another stride is another picture", () => {
  const masker = createMasker(opening);
  const wide = noisePicture(size, { paddingBytes: 3 });
  for (let i = 0; i < 3; i += 1) masked(wide, masker);
  const narrow = { ...wide, y: { ...wide.y, stride: size.width } };
  expect(masked(narrow, masker)).toEqual(masked(narrow));
});

test("of a camera that never lends the same memory twice every picture is masked", () => {
  const masker = createMasker(opening);
  for (let seed = 1; seed < 100; seed += 1) {
    const raw = noisePicture(size, { seed });
    expect(masked(raw, masker)).toEqual(masked(raw));
  }
});

test("memory that was taken away throws instead of leaving an old picture", () => {
  const masker = createMasker(opening);
  const raw = noisePicture(size);
  for (let i = 0; i < 3; i += 1) masked(raw, masker);
  (raw.y.data.buffer as ArrayBuffer).transfer();
  expect(() => masked(raw, masker)).toThrow(TypeError);
});
