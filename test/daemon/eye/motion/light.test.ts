import { describe, expect, test } from "vitest";
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import { createLightMeter } from "../../../../daemon/eye/motion/light.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import type { Light } from "../../../../daemon/sight/zones.ts";
import type { MaskedFrame } from "../../../../hal/frame.ts";
import { hash } from "./scene.ts";

const [width, height] = [128, 72];

interface Scene {
  /** Mean and spread of luma. */
  readonly luma: number;
  readonly spread?: number;
  /** Part of the picture that has a colour of its own. */
  readonly colour: number;
  /** Of everything: a lamp, a white balance. */
  readonly tint?: number;
}
const day: Scene = { luma: 120, colour: 0.9 };
const winter: Scene = { luma: 130, spread: 20, colour: 0.09, tint: 3 };
const night: Scene = { luma: 30, spread: 25, colour: 0.8 };
const infrared: Scene = { luma: 70, colour: 0 };

function frameOf(
  { luma, spread = 60, colour, tint = 0 }: Scene,
  seed: number,
  shape: MaskShape,
): MaskedFrame {
  const y = new Uint8Array(width * height).map((_, i) => luma + spread * (hash(i, seed, 1) - 0.5));
  const chroma = (salt: number): Uint8Array =>
    new Uint8Array((width * height) / 4).map(
      (_, i) => 128 + tint + (hash(i, 1, 9) < colour ? 14 * hash(i, 2, salt) + 4 : 0),
    );
  const plane = (data: Uint8Array, w: number) => ({ data, stride: w, width: w, height: data.length / w });
  const [u, v] = [plane(chroma(3), width / 2), plane(chroma(4), width / 2)];
  const raw = { width, height, y: plane(y, width), u, v, ptsUs: seed, sequence: seed };
  return createMasker(rasteriseOpening({ width, height }, shape)).apply(
    raw,
    createPlainMemory(width, height),
  );
}

/** After each picture, one a second. */
function watch(scenes: readonly Scene[], shape = wholePicture): Light[] {
  const meter = createLightMeter(
    { width, height, visible: rasteriseOpening({ width, height }, shape).luma },
    1,
  );
  return scenes.map((scene, i) => {
    meter.look(frameOf(scene, i, shape));
    return meter.light;
  });
}
const times = (count: number, scene: Scene): Scene[] => Array.from({ length: count }, () => scene);

describe("the light", () => {
  test.each<[string, Scene, Light]>([
    ["a day", day, "bright"],
    ["a grey winter day", winter, "bright"],
    ["a night with a lamp", night, "dark"],
    ["infrared", infrared, "infrared"],
    ["infrared that the white balance tints", { ...infrared, tint: 7 }, "infrared"],
    ["black", { luma: 4, spread: 4, colour: 0 }, "dark"],
  ])("of %s is known with the first picture", (_what, scene, light) => {
    expect(watch([scene])).toEqual([light]);
  });

  test("is another one when three pictures in a row say so, and one does not", () => {
    expect(watch([day, infrared, day, infrared, infrared, infrared])).toEqual([
      ...times(5, day).map(() => "bright"),
      "infrared",
    ]);
  });

  test("stays in between: dusk does not flicker", () => {
    const dusk: Scene = { ...night, luma: 82, spread: 20 }; // nine tenths up to 90
    const darker: Scene = { ...night, luma: 60, spread: 20 };
    expect(new Set(watch([...times(4, darker), ...times(8, dusk)]))).toEqual(new Set(["dark"]));
    expect(new Set(watch(times(8, { ...dusk, luma: 88 })))).toEqual(new Set(["bright"]));
  });

  test("is that of what may be seen: colours behind the mask say nothing", () => {
    const half = [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ] as const;
    expect(watch(times(2, infrared), { propertyLine: half, privacyZones: [] })).toEqual([
      "infrared",
      "infrared",
    ]);
    const nothing = { propertyLine: [], privacyZones: [] };
    expect(watch(times(2, infrared), nothing)).toEqual(["bright", "bright"]);
  });
});
