/**
 * Materials: wood, brick, lawn, leaves, stone, from hashes and smooth noise.
 *
 * Each returns a Painter over metres. Detail finer than a pixel (`footM`) fades out instead of
 * flickering, so a wall looks the same near and far and at every resolution.
 */
import { lattice, mix, noise2 } from "../math.ts";
import { fold, lineCover, type Paint, type Painter, scale, setColour } from "./surface.ts";

export type Rgb = readonly [number, number, number];

/** Two layers of noise around 0, -1..1; fades where a bump is smaller than the pixel. */
export function rough(seed: number, u: number, v: number, footM: number): number {
  const coarse = noise2(seed, u, v) - 0.5;
  const fine = noise2(seed + 7, u * 3.7, v * 3.7) - 0.5;
  return coarse * fade(1, footM) * 1.2 + fine * fade(0.27, footM) * 0.8;
}

/** 1 while a feature is larger than two pixels, 0 from half a pixel on. */
export function fade(featureM: number, footM: number): number {
  const ratio = featureM / footM;
  return ratio >= 2 ? 1 : ratio <= 0.5 ? 0 : (ratio - 0.5) / 1.5;
}

export interface BoardStyle {
  readonly widthM: number;
  readonly gapM: number;
  readonly wear: number;
  readonly gloss?: number;
}

/** Boards that run along v, side by side along u. */
export function boards(seed: number, colour: Rgb, style: BoardStyle): Painter {
  return (u, v, footM, out) => {
    const index = Math.floor(u / style.widthM);
    const tone = 1 + (lattice(seed, index, 1) - 0.5) * 0.16;
    const grainScale = 26;
    const grain =
      (noise2(seed + index * 13, u * grainScale * 3, v * 2.2) - 0.5) * fade(0.02, footM / 2) * 0.18 +
      (noise2(seed + index * 29, u * 9, v * 0.9) - 0.5) * 0.12;
    const worn = (noise2(seed + 3, u * 1.3, v * 1.1) - 0.5) * style.wear;
    setColour(out, colour[0], colour[1], colour[2]);
    scale(out, tone + grain + worn);
    const gap = lineCover(fold(u, style.widthM), style.gapM, footM);
    scale(out, 1 - 0.62 * gap);
    out.gloss = style.gloss ?? 0.05;
  };
}

export function brick(seed: number, colour: Rgb, mortar: Rgb): Painter {
  const w = 0.235;
  const h = 0.078;
  return (u, v, footM, out) => {
    const row = Math.floor(v / h);
    const shifted = u + (row & 1) * (w / 2);
    const tone = (lattice(seed, Math.floor(shifted / w), row) - 0.5) * 0.3 * fade(h, footM);
    const joint = Math.max(
      lineCover(fold(v, h), 0.012, Math.max(footM, 0.006)),
      lineCover(fold(shifted, w), 0.012, Math.max(footM, 0.006)),
    );
    const stain = 1 + (noise2(seed + 5, u * 0.7, v * 0.9) - 0.5) * 0.22;
    for (const channel of ["r", "g", "b"] as const) {
      const i = channel === "r" ? 0 : channel === "g" ? 1 : 2;
      out[channel] = mix(colour[i] * (1 + tone), mortar[i], joint * 0.85) * stain;
    }
  };
}

export function render(seed: number, colour: Rgb): Painter {
  return (u, v, footM, out) => {
    setColour(out, colour[0], colour[1], colour[2]);
    scale(
      out,
      1 + (noise2(seed, u * 0.8, v * 0.6) - 0.5) * 0.12 + rough(seed, u * 9, v * 9, footM * 9) * 0.05,
    );
  };
}

export function lawn(seed: number): Painter {
  return (u, v, footM, out) => {
    const patch = noise2(seed, u * 0.55, v * 0.55) - 0.5;
    const tufts = noise2(seed + 1, u * 5, v * 5) - 0.5;
    const blades = (lattice(seed + 2, Math.floor(u * 55), Math.floor(v * 40)) - 0.5) * fade(0.03, footM);
    const stripe = (Math.floor(u / 0.55 + 0.2) & 1) * 0.05;
    const light = 1 + patch * 0.25 + tufts * 0.22 * fade(0.2, footM) + blades * 0.42 + stripe;
    setColour(out, (100 + patch * 34) * light, (120 + patch * 6) * light, (66 - patch * 8) * light);
    const daisy = lattice(seed + 3, Math.floor(u * 18), Math.floor(v * 18));
    if (daisy > 0.993) scale(out, 1 + 0.7 * fade(0.055, footM));
    out.gloss = 0.03;
  };
}

/** Leaves: clumps lit from above, holes dark; `v` is the height. */
export function leaves(seed: number, colour: Rgb, clumpM: number): Painter {
  return (u, v, footM, out) => {
    const s = 1 / clumpM;
    const clump = noise2(seed, u * s, v * s) - 0.5;
    const above = noise2(seed, u * s + 0.1, v * s - 0.45) - 0.5;
    const leaf = noise2(seed + 1, u * s * 5, v * s * 5) - 0.5;
    const tip = lattice(seed + 2, Math.floor(u * s * 11), Math.floor(v * s * 11)) - 0.5;
    const light =
      1 +
      (clump - above) * 0.75 +
      clump * 0.35 +
      leaf * 0.5 * fade(clumpM / 5, footM) +
      tip * 0.35 * fade(clumpM / 11, footM);
    setColour(out, colour[0] + leaf * 16, colour[1] + leaf * 10, colour[2]);
    scale(out, Math.max(0.25, light));
  };
}

export function slabs(seed: number, colour: Rgb, sizeM: number, gloss: number): Painter {
  return (u, v, footM, out) => {
    const row = Math.floor(v / sizeM);
    const shifted = u + (row & 1) * (sizeM / 2);
    const tone = 1 + (lattice(seed, Math.floor(shifted / sizeM), row) - 0.5) * 0.16 * fade(sizeM, footM);
    const speckle =
      (lattice(seed + 1, Math.floor(u * 70), Math.floor(v * 50)) - 0.5) * 0.12 * fade(0.02, footM);
    const cloud = (noise2(seed + 2, u * 1.7, v * 1.7) - 0.5) * 0.16;
    const joint = Math.max(
      lineCover(fold(v, sizeM), 0.014, footM),
      lineCover(fold(shifted, sizeM), 0.014, footM),
    );
    setColour(out, colour[0], colour[1], colour[2]);
    scale(out, (tone + speckle + cloud) * (1 - joint * 0.4));
    out.gloss = gloss;
  };
}

export function asphalt(seed: number): Painter {
  return (u, v, footM, out) => {
    const grain = (lattice(seed, Math.floor(u * 60), Math.floor(v * 60)) - 0.5) * 0.2 * fade(0.02, footM);
    const worn = (noise2(seed + 1, u * 0.16, v * 1.1) - 0.5) * 0.2;
    const patch = noise2(seed + 2, u * 0.22, v * 0.5) > 0.72 ? -0.09 : 0;
    setColour(out, 98, 98, 102);
    scale(out, 1 + grain + worn + patch);
    out.gloss = 0.5;
  };
}

export function tiles(seed: number, colour: Rgb): Painter {
  return (u, v, footM, out) => {
    const row = Math.floor(v / 0.3);
    const tone =
      (lattice(seed, Math.floor((u + (row & 1) * 0.12) / 0.24), row) - 0.5) * 0.22 * fade(0.28, footM);
    const joint = lineCover(fold(v, 0.3), 0.05, Math.max(footM, 0.03));
    const moss = (noise2(seed + 1, u * 0.5, v * 0.8) - 0.5) * 0.2;
    setColour(out, colour[0], colour[1], colour[2]);
    scale(out, (1 + tone + moss) * (1 - joint * 0.3));
  };
}

export function plain(colour: Rgb, gloss = 0): Painter {
  return (_u, _v, _footM, out) => {
    setColour(out, colour[0], colour[1], colour[2]);
    out.gloss = gloss;
  };
}

/** White-painted wood with a little grain and dirt towards the bottom. */
export function paintedWood(seed: number, colour: Rgb): Painter {
  return (u, v, footM, out) => {
    const grain = (noise2(seed, u * 40, v * 3) - 0.5) * 0.05 * fade(0.025, footM / 2);
    const dirt = (noise2(seed + 1, u * 4, v * 2.5) - 0.5) * 0.07;
    setColour(out, colour[0], colour[1], colour[2]);
    scale(out, 1 + grain + dirt);
  };
}

/** Paints `over` where `where` says so, as a share 0..1, and `under` elsewhere. */
export function overlay(
  under: Painter,
  over: Painter,
  where: (u: number, v: number, footM: number) => number,
): Painter {
  const top: Paint = { r: 0, g: 0, b: 0, gloss: 0, open: 1 };
  return (u, v, footM, out) => {
    const share = where(u, v, footM);
    if (share < 1) under(u, v, footM, out);
    if (share <= 0) return;
    top.gloss = 0;
    top.open = 1;
    over(u, v, footM, top);
    if (share >= 1) {
      Object.assign(out, top);
      return;
    }
    out.r = mix(out.r, top.r, share);
    out.g = mix(out.g, top.g, share);
    out.b = mix(out.b, top.b, share);
    out.gloss = mix(out.gloss, top.gloss, share);
  };
}

/** 1 inside the rectangle, soft by a pixel at its edges. */
export function within(u0: number, u1: number, v0: number, v1: number) {
  return (u: number, v: number, footM: number): number => {
    const du = Math.min(u - u0, u1 - u) / footM + 0.5;
    const dv = Math.min(v - v0, v1 - v) / footM + 0.5;
    const share = Math.min(du, dv, 1);
    return share > 0 ? share : 0;
  };
}
