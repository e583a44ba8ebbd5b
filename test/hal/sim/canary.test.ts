import { describe, expect, test } from "vitest";
import { rasteriseOpening, type PlaneSpans } from "../../../daemon/policy/opening.ts";
import type { FrameGeometry, I420, Plane } from "../../../hal/frame.ts";
import { newPicture } from "../../../hal/sim/picture.ts";
import { canaryColourAt, canaryColours, canaryPhases, createCanary } from "../../../hal/sim/porch/canary.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { createPorch } from "../../../hal/sim/porch/porch.ts";

const sizes: FrameGeometry[] = [
  { width: 320, height: 180 },
  { width: 321, height: 183 },
  { width: 640, height: 480 },
];

function pictureOf(size: FrameGeometry, canary: boolean, tMs = 4_000): I420 {
  const picture = newPicture(size);
  createPorch({ seed: 3, light: "day", canary }, size).render(tMs, picture);
  return picture;
}

/** Samples of a plane in which two pictures differ, among those that stay visible and the others. */
function differing(
  a: Plane,
  b: Plane,
  spans: PlaneSpans,
): { shown: number; hidden: number; allHidden: number } {
  const counts = { shown: 0, hidden: 0, allHidden: 0 };
  for (let y = 0; y < a.height; y += 1) {
    const shown = new Uint8Array(a.width);
    for (let i = spans.starts[y] ?? 0; i < (spans.starts[y + 1] ?? 0); i += 2)
      shown.fill(1, spans.spans[i], spans.spans[i + 1]);
    for (let x = 0; x < a.width; x += 1) {
      const isOther = a.data[y * a.stride + x] !== b.data[y * b.stride + x];
      if (shown[x] === 0) counts.allHidden += 1;
      if (isOther) counts[shown[x] === 1 ? "shown" : "hidden"] += 1;
    }
  }
  return counts;
}

describe("the canary", () => {
  test.each(sizes)("at $width x $height it covers what the mask destroys, and nothing else", (size) => {
    const opening = rasteriseOpening(size, porchPolicy);
    const [plain, loud] = [pictureOf(size, false), pictureOf(size, true)];
    for (const [plane, spans] of [
      ["y", opening.luma],
      ["u", opening.chroma],
      ["v", opening.chroma],
    ] as const) {
      const { shown, hidden, allHidden } = differing(plain[plane], loud[plane], spans);
      expect(shown).toBe(0);
      expect(hidden / allHidden).toBeGreaterThan(0.8);
    }
  });

  test("it moves from frame to frame, at any frame rate up to 50", () => {
    const size = { width: 320, height: 180 };
    const canary = createCanary(porchPolicy, size);
    const [before, after] = [newPicture(size), newPicture(size)];
    canary.paint(before, 1_000);
    canary.paint(after, 1_020);
    for (const plane of ["y", "u", "v"] as const) {
      const changed = before[plane].data.filter((value, i) => value !== after[plane].data[i]).length;
      expect(changed / before[plane].data.filter((value) => value !== 0).length).toBeGreaterThan(0.2);
    }
  });

  test("every colour of it is far from the mask's black in at least two of Y, U and V", () => {
    for (const [y, u, v] of canaryColours) {
      const far = [Math.abs(y - 16), Math.abs(u - 128), Math.abs(v - 128)].filter(
        (distance) => distance > 30,
      );
      expect(far.length).toBeGreaterThanOrEqual(2);
    }
  });

  test("after its last phase it stands where it began", () => {
    const [first = 0, second = 0] = canaryPhases;
    const later = canaryPhases.length * (second - first);
    for (let x = 0; x < 40; x += 1)
      for (let y = 0; y < 40; y += 1) expect(canaryColourAt(x, y, first)).toBe(canaryColourAt(x, y, later));
  });

  test("the same porch time gives the same picture", () => {
    const size = { width: 320, height: 180 };
    expect(pictureOf(size, true)).toEqual(pictureOf(size, true));
  });
});
