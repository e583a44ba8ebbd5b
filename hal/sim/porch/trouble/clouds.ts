/**
 * Clouds: their shadows drift over street, garden and house with soft edges; the sun goes in and out.
 *
 * The picture under the open sun and the one under the cloud are blended by where the cloud's
 * shadow lies on the ground, which follows from the distance of each pixel.
 */
import type { Canvas } from "../canvas.ts";
import { type Light, scaled } from "../light.ts";
import { clamp, drift, hash, smooth } from "../math.ts";
import { view } from "../plan.ts";
import type { Stage } from "../stage.ts";

/** The shadows' way over the ground, metres a second, and their size. */
const driftMps = 3.2;
const bumpM = 19;
const towards = { x: 0.42, z: 0.9 } as const;
/** Metres at which the table of covers begins, and its steps. */
const fromM = -220;
const perM = 4;
const steps = 2_400;

function coverAtM(seed: number, tMs: number, alongM: number): number {
  return smooth(0.35, 0.62, drift(hash(seed, 0xc10d), (alongM + (tMs / 1_000) * driftMps) / bumpM));
}

/** 0 = open sun, 1 = cloud, at a place on the ground. */
export function cloudCover(seed: number, tMs: number, x: number, z: number): number {
  return coverAtM(seed, tMs, x * towards.x + z * towards.z);
}

/** What the sun leaves behind a cloud, and the sky gives more. */
export function cloudedLight(light: Light, cover: number): Light {
  const [a, b, c] = light.suns;
  const left = 1 - 0.9 * cover;
  return {
    ...light,
    suns: [scaled(a, left), scaled(b, left), scaled(c, left)],
    ambient: scaled(light.ambient, 1 - 0.08 * cover),
  };
}

/** Blends `shaded` into `canvas`, which shows the open sun. */
export function paintClouds(
  { canvas, stage }: { canvas: Canvas; stage: Stage },
  shaded: Canvas,
  { seed, tMs, strength }: { seed: number; tMs: number; strength: number },
): void {
  const covers = new Uint16Array(steps);
  for (let i = 0; i < steps; i += 1)
    covers[i] = Math.round(256 * strength * coverAtM(seed, tMs, fromM + i / perM));
  const { stride, chromaStride, width, height, halfWidth, halfHeight } = canvas;
  blend(canvas.y, shaded.y, { stage, covers, stride, width, height, step: 1 });
  for (const plane of ["u", "v"] as const) {
    const half = { stride: chromaStride, width: halfWidth, height: halfHeight, step: 2 };
    blend(canvas[plane], shaded[plane], { stage, covers, ...half });
  }
}

interface Blend {
  readonly stage: Stage;
  readonly covers: Uint16Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of the stage per sample of the plane. */
  readonly step: number;
}

const lanes = 0x00ff00ff;

/** Four samples at a time, two in each half of a word's lanes. */
function blend(
  into: Uint8Array,
  from: Uint8Array,
  { stage, covers, stride, width, height, step }: Blend,
): void {
  const target = new Int32Array(into.buffer, into.byteOffset, into.byteLength >> 2);
  const source = new Int32Array(from.buffer, from.byteOffset, from.byteLength >> 2);
  const words = (width + 3) >> 2;
  const columns = new Int32Array(words);
  const slopes = new Float64Array(words);
  for (let w = 0; w < words; w += 1) {
    const px = Math.min(stage.width - 1, (w * 4 + 1) * step);
    columns[w] = px;
    const across = (((px + 0.5) / stage.width) * 2 * view.centreX - view.centreX) / view.focal;
    slopes[w] = ((towards.z + towards.x * across) * perM) / 100;
  }
  const base = -fromM * perM;
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(stage.height - 1, y * step) * stage.width;
    const out = (y * stride) >> 2;
    for (let w = 0; w < words; w += 1) {
      const depth = stage.depth[row + (columns[w] as number)] as number;
      const at = base + depth * (slopes[w] as number);
      const c = covers[clamp(at, 0, steps - 1) | 0] as number;
      if (c === 0) continue;
      const a = target[out + w] as number;
      const b = source[out + w] as number;
      if (a === b) continue;
      const keep = 256 - c;
      const even = ((Math.imul(a & lanes, keep) + Math.imul(b & lanes, c)) >>> 8) & lanes;
      const odd = (Math.imul((a >>> 8) & lanes, keep) + Math.imul((b >>> 8) & lanes, c)) & ~lanes;
      target[out + w] = even | odd;
    }
  }
}
