import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMasker, maskChroma, maskY } from "../../../../daemon/eye/mask/apply.ts";
import { rasteriseOpening, type Opening, type PlaneSpans } from "../../../../daemon/policy/opening.ts";
import type { Plane } from "../../../../hal/frame.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import { dirtyMemory, isInside, noisePicture } from "./pictures.ts";

const whole: MaskShape["propertyLine"] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const policyOf = (
  propertyLine: MaskShape["propertyLine"],
  privacyZones: MaskShape["privacyZones"] = [],
): MaskShape => ({
  propertyLine,
  privacyZones,
});

function visible(spans: PlaneSpans, x: number, y: number): boolean {
  for (let i = spans.starts[y] ?? 0; i < (spans.starts[y + 1] ?? 0); i += 2) {
    if (x >= (spans.spans[i] ?? 0) && x < (spans.spans[i + 1] ?? 0)) return true;
  }
  return false;
}

function* pixels(spans: PlaneSpans): Generator<[x: number, y: number, visible: boolean]> {
  for (let y = 0; y < spans.height; y += 1) {
    for (let x = 0; x < spans.width; x += 1) yield [x, y, visible(spans, x, y)];
  }
}

const point = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const polygon = fc.array(point, { minLength: 3, maxLength: 70 });
const policy = fc.record({
  propertyLine: polygon,
  privacyZones: fc.array(polygon, { maxLength: 4 }),
});
const size = fc.record({ width: fc.integer({ min: 1, max: 41 }), height: fc.integer({ min: 1, max: 33 }) });

describe("the opening", () => {
  test("no policy shows nothing", () => {
    const opening = rasteriseOpening({ width: 1280, height: 720 }, null);
    expect(opening.visibleFrac).toBe(0);
    expect(opening.luma.spans.length + opening.chroma.spans.length).toBe(0);
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 5],
    [161, 121],
    [1920, 1080],
  ])("a line around the whole %i x %i picture shows all of it", (width, height) => {
    expect(rasteriseOpening({ width, height }, policyOf(whole)).visibleFrac).toBe(1);
  });

  test("a line on pixel borders cuts exactly there", () => {
    const half: MaskShape["propertyLine"] = [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ];
    const opening = rasteriseOpening({ width: 8, height: 4 }, policyOf(half));
    expect(Array.from(opening.luma.spans)).toEqual([0, 4, 0, 4, 0, 4, 0, 4]);
    expect(Array.from(opening.chroma.spans)).toEqual([0, 2, 0, 2]);
  });

  test("a line through a pixel hides the pixel, and chroma hides with any of its four", () => {
    const odd: MaskShape["propertyLine"] = [
      [0, 0],
      [0.55, 0],
      [0.55, 1],
      [0, 1],
    ]; // 5.5 of 10
    const opening = rasteriseOpening({ width: 10, height: 2 }, policyOf(odd));
    expect(Array.from(opening.luma.spans)).toEqual([0, 5, 0, 5]);
    expect(Array.from(opening.chroma.spans)).toEqual([0, 2]);
  });

  test("a privacy zone thinner than a pixel still hides the pixels it crosses", () => {
    const hairline: MaskShape["propertyLine"] = [
      [0.5001, 0],
      [0.5002, 0],
      [0.5002, 1],
      [0.5001, 1],
    ];
    const opening = rasteriseOpening({ width: 100, height: 10 }, policyOf(whole, [hairline]));
    expect(Array.from(opening.luma.spans).slice(0, 4)).toEqual([0, 50, 51, 100]);
  });

  test("a concave line with 64 corners follows its teeth", () => {
    const comb: MaskShape["propertyLine"] = Array.from({ length: 64 }, (_, i) => [
      i / 63,
      i % 2 === 0 ? 0.1 : 0.9,
    ]);
    const opening = rasteriseOpening({ width: 640, height: 360 }, policyOf(comb));
    expect(opening.visibleFrac).toBeGreaterThan(0.2);
    expect(visible(opening.luma, 320, 2)).toBe(false);
  });

  test("never shows a pixel that a polygon leaves, at any point of it", () => {
    fc.assert(
      fc.property(policy, size, ({ propertyLine, privacyZones }, { width, height }) => {
        const opening = rasteriseOpening({ width, height }, { propertyLine, privacyZones });
        for (const [x, y, shown] of pixels(opening.luma)) {
          if (!shown) continue;
          for (const [dx, dy] of [
            [0.5, 0.5],
            [0.01, 0.01],
            [0.99, 0.01],
            [0.01, 0.99],
            [0.99, 0.99],
          ] as const) {
            const [fx, fy] = [(x + dx) / width, (y + dy) / height];
            if (!isInside(propertyLine, fx, fy)) return false;
            if (privacyZones.some((zone) => isInside(zone, fx, fy))) return false;
          }
        }
        return true;
      }),
      { numRuns: 1_000 },
    );
  });

  test("hides nothing that is a whole pixel away from every outline", () => {
    fc.assert(
      fc.property(policy, size, ({ propertyLine, privacyZones }, { width, height }) => {
        const opening = rasteriseOpening({ width, height }, { propertyLine, privacyZones });
        const outlines = [propertyLine, ...privacyZones];
        for (const [x, y, shown] of pixels(opening.luma)) {
          if (shown || outlines.some((outline) => passesThrough(outline, { x, y, width, height }))) continue;
          const [fx, fy] = [(x + 0.5) / width, (y + 0.5) / height];
          const allowed =
            isInside(propertyLine, fx, fy) && !privacyZones.some((zone) => isInside(zone, fx, fy));
          if (allowed) return false;
        }
        return true;
      }),
      { numRuns: 500 },
    );
  });

  test("chroma is shown only where all of its luma pixels are", () => {
    fc.assert(
      fc.property(policy, size, (given, geometry) => {
        const { luma, chroma } = rasteriseOpening(geometry, given);
        for (const [x, y, shown] of pixels(chroma)) {
          const lumas = [0, 1].flatMap((dy) => [0, 1].map((dx) => [2 * x + dx, 2 * y + dy] as const));
          const present = lumas.filter(([lx, ly]) => lx < luma.width && ly < luma.height);
          if (shown !== present.every(([lx, ly]) => visible(luma, lx, ly))) return false;
        }
        return true;
      }),
      { numRuns: 500 },
    );
  });
});

/** Does any edge come closer than half a pixel to this pixel's square? By dense sampling of the edge. */
function passesThrough(
  outline: MaskShape["propertyLine"],
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): boolean {
  return outline.some(([ax, ay], i) => {
    const [bx, by] = outline[(i + 1) % outline.length] ?? [ax, ay];
    for (let t = 0; t <= 200; t += 1) {
      const px = (ax + ((bx - ax) * t) / 200) * width;
      const py = (ay + ((by - ay) * t) / 200) * height;
      if (px > x - 0.5 && px < x + 1.5 && py > y - 0.5 && py < y + 1.5) return true;
    }
    return false;
  });
}

describe("a masked frame", () => {
  const planesOf = (opening: Opening) => [
    { name: "y", spans: opening.luma, blank: maskY } as const,
    { name: "u", spans: opening.chroma, blank: maskChroma } as const,
    { name: "v", spans: opening.chroma, blank: maskChroma } as const,
  ];
  const at = (plane: Plane, x: number, y: number): number | undefined => plane.data[y * plane.stride + x];

  test("is constant outside the opening and the camera's inside, for any policy, size and stride", () => {
    fc.assert(
      fc.property(policy, size, fc.nat(7), fc.nat(7), (given, geometry, padIn, padOut) => {
        const opening = rasteriseOpening(geometry, given);
        const raw = noisePicture(geometry, { paddingBytes: padIn });
        const frame = createMasker(opening).apply(raw, dirtyMemory(geometry, { paddingBytes: padOut }));
        for (const { name, spans, blank } of planesOf(opening)) {
          for (const [x, y, shown] of pixels(spans)) {
            if (at(frame[name], x, y) !== (shown ? at(raw[name], x, y) : blank)) return false;
          }
        }
        return true;
      }),
      { numRuns: 2_000 },
    );
  });

  test("does not depend on the input outside the opening, padding included", () => {
    fc.assert(
      fc.property(policy, size, fc.nat(5), (given, geometry, padding) => {
        const opening = rasteriseOpening(geometry, given);
        const masker = createMasker(opening);
        const a = noisePicture(geometry, { seed: 5, paddingBytes: padding });
        const b = noisePicture(geometry, { seed: 77, paddingBytes: padding });
        for (const { name, spans } of planesOf(opening)) {
          for (const [x, y, shown] of pixels(spans)) {
            if (shown) b[name].data[y * b[name].stride + x] = at(a[name], x, y) ?? 0;
          }
        }
        const [first, second] = [
          dirtyMemory(geometry, { paddingBytes: 3 }),
          dirtyMemory(geometry, { paddingBytes: 3, seed: 4 }),
        ];
        masker.apply(a, first);
        masker.apply(b, second);
        for (const { name } of planesOf(opening)) expect(second[name].data).toEqual(first[name].data);
      }),
      { numRuns: 1_000 },
    );
  });

  test("masked twice is masked once", () => {
    fc.assert(
      fc.property(policy, size, (given, geometry) => {
        const masker = createMasker(rasteriseOpening(geometry, given));
        const once = masker.apply(noisePicture(geometry), dirtyMemory(geometry));
        const twice = masker.apply(once, dirtyMemory(geometry, { seed: 3 }));
        expect([twice.y.data, twice.u.data, twice.v.data]).toEqual([once.y.data, once.u.data, once.v.data]);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps the camera's timing", () => {
    const geometry = { width: 4, height: 4 };
    const masker = createMasker(rasteriseOpening(geometry, null));
    const frame = masker.apply(noisePicture(geometry, { seed: 7 }), dirtyMemory(geometry));
    expect([frame.ptsUs, frame.sequence]).toEqual([7_000, 7]);
  });

  test("of another size than the mask's is refused", () => {
    const masker = createMasker(rasteriseOpening({ width: 8, height: 8 }, policyOf(whole)));
    expect(() =>
      masker.apply(noisePicture({ width: 8, height: 6 }), dirtyMemory({ width: 8, height: 8 })),
    ).toThrow("8x6");
  });
});
