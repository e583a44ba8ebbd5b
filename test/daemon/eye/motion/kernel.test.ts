/**
 * The kernels: SIMD and plain TypeScript leave the same bits everywhere, whatever the picture.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createKernel, quickestKernel, type Kernel } from "../../../../daemon/eye/motion/kernel/kernel.ts";
import { tuning } from "../../../../daemon/eye/motion/tuning.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import { gridOf } from "../../../../daemon/sight/grid.ts";
import { bitsOf, differences } from "./bits.ts";
import { empty, hash, maskedFrames, motionFor, noise, type Luma, type Show } from "./scene.ts";

test("SIMD runs here, and is what is taken", () => {
  expect(quickestKernel()).toBe("simd");
  expect(motionFor({ luma: empty, frames: 0 }).kernel).toBe("simd");
});

/** Every frame for both kernels: where in state or results they differ, and on which frame. */
function compare(show: Show): string[] {
  const simd = motionFor({ ...show, kernel: "simd" });
  const plain = motionFor({ ...show, kernel: "plain" });
  return Array.from(maskedFrames(show), (frame, n) => {
    const said = differences(bitsOf(simd.handle(frame)), bitsOf(plain.handle(frame)));
    const kept = differences(bitsOf(simd.state), bitsOf(plain.state));
    return [...said, ...kept].map((where) => `frame ${n}: ${where}`);
  }).flat();
}

/** A scene that has everything: texture, noise, something that moves, light that changes. */
const busy =
  (seed: number): Luma =>
  (x, y, f) => {
    const [kind, light] = [hash(seed, f >> 3, 1), 0.3 + 1.4 * hash(seed, f >> 4, 2)];
    if (kind < 0.1) return 255 * Math.round(hash(seed, f, 3));
    if (kind < 0.2) return 255 * hash(x, y, f);
    const from = ((f * (1 + (seed % 5))) % 90) - 10;
    const there = x >= from && x < from + 12 && y % 60 < 40;
    return (there ? 255 * hash((x - from) >> 1, y >> 1, seed) : empty(x, y, f)) * light;
  };

const corner = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const policy = fc.oneof(
  fc.constant(wholePicture),
  fc.array(corner, { minLength: 3, maxLength: 6 }).map((propertyLine): MaskShape => ({
    ...wholePicture,
    propertyLine,
  })),
);

// Every frame is computed twice and compared byte by byte: a loaded machine takes its time.
describe("SIMD and plain TypeScript agree bit by bit", { timeout: 120_000 }, () => {
  test("on any scene, size, mask and rate, after every frame", () => {
    const scene = fc.record({
      width: fc.integer({ min: 1, max: 97 }),
      height: fc.integer({ min: 1, max: 70 }),
      fps: fc.constantFrom(1, 5, 12.5, 15, 22),
      seed: fc.integer({ min: 0, max: 99 }),
      policy,
    });
    fc.assert(
      fc.property(scene, ({ seed, ...show }) => {
        expect(compare({ ...show, luma: busy(seed), frames: 45 })).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test.each([
    [1, 1, 60],
    [1, 1500, 40],
    [1500, 1, 40],
    [1281, 719, 25],
    [7680, 4320, 5],
  ])("on pictures of %d x %d pixels", (width, height, frames) => {
    const luma: Luma = (x, y, f) => (x * 7 + y * 13 + (f % 4) * x) & 255;
    expect(compare({ width, height, frames, fps: 2, luma })).toEqual([]);
  });

  test("on a long run", () => {
    const show = { width: 48, height: 27, frames: 600, luma: busy(7) };
    expect(compare(show)).toEqual([]);
  });

  test("on a picture that was lit and is black for ever after", () => {
    const luma: Luma = (x, y, f) => (f < 30 ? empty(x, y, f) : 0);
    expect(compare({ width: 33, height: 20, frames: 450, luma })).toEqual([]);
  });
});

describe("neighbourhoods of bytes agree", () => {
  const grid = (cols: number, rows: number) => ({ ...gridOf({ width: 64, height: 36 }), cols, rows });
  const kernelOf = (kind: "simd" | "plain", cols: number, rows: number): Kernel =>
    createKernel({ grid: grid(cols, rows), tuning, fps: 15, spare: { bytes: 4, patches: 0 }, kind });

  /** What an operation makes of the same bytes, in place or not. */
  function run(kernel: Kernel, bytes: readonly number[], work: (k: Kernel, room: Uint8Array[]) => void) {
    const room = Array.from({ length: 4 }, kernel.memory.bytes);
    room.forEach((array, i) => array.set(bytes.map((value, k) => (value * (i + 1) + 31 * k * i) & 255)));
    work(kernel, room);
    return bitsOf(room);
  }
  const works: Record<string, (k: Kernel, room: Uint8Array[]) => void> = {
    spread: (k, [a, b]) => k.spread(a ?? none, b ?? none),
    "spread in place": (k, [a]) => k.spread(a ?? none, a ?? none),
    support: (k, [a, b]) => k.support(a ?? none, b ?? none),
    least: (k, [a, b, c]) => k.least(a ?? none, b ?? none, c ?? none),
    "least in place": (k, [a, b]) => k.least(a ?? none, b ?? none, b ?? none),
  };
  const none = new Uint8Array(0);

  test.each(Object.keys(works))("%s", (name) => {
    const work = works[name] ?? expect.fail("no such work");
    const cells = fc
      .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 20 }))
      .chain(([cols, rows]) =>
        fc.tuple(
          fc.constant(cols),
          fc.constant(rows),
          fc.array(fc.integer({ min: 0, max: 255 }), { minLength: cols * rows, maxLength: cols * rows }),
        ),
      );
    fc.assert(
      fc.property(cells, ([cols, rows, bytes]) => {
        const [simd, plain] = [kernelOf("simd", cols, rows), kernelOf("plain", cols, rows)];
        expect(differences(run(simd, bytes, work), run(plain, bytes, work))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

test("noise alone keeps both kernels together over half a minute", () => {
  const luma: Luma = (x, y, f) => 60 + 14 * noise(x, y, f);
  expect(compare({ width: 40, height: 20, frames: 450, luma })).toEqual([]);
});
