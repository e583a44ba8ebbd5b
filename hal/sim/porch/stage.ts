/**
 * Stage: everything that does not move, seen once by the camera and kept as numbers per pixel.
 *
 * For each pixel: the colour of what stands there (three samples, averaged), how strongly each
 * light source reaches it, how it shines when wet, and its distance. The picture for any light
 * is then a few multiplications per pixel (relight.ts), and whoever moves knows what is in
 * front of him (brush.ts). Built once per (seed, size) and shared; takes a second or two at 720p.
 */
import type { FrameGeometry } from "../../frame.ts";
import { clamp, hash } from "./math.ts";
import { canvasHeight, canvasWidth, view } from "./plan.ts";
import { deck } from "./set/deck.ts";
import { garden } from "./set/garden.ts";
import { sky, street } from "./set/beyond.ts";
import { houses, type Pane } from "./set/houses.ts";
import type { Paint, Surface } from "./set/surface.ts";
import { porchLampReach, streetLampReach, sunReach, suns, type Vector } from "./shade.ts";

export interface Stage extends FrameGeometry, Sources {
  /** Brightness of the colour, 0..255 in the picture's gamma. */
  readonly grey: Uint8Array;
  readonly gloss: Uint8Array;
  /** Centimetres; skyDepth for the sky. */
  readonly depth: Uint16Array;
  /** The same at half the width and height, for chroma. */
  readonly half: Half;
  readonly panes: readonly Pane[];
}

/** Share of each source, 0..255; for the sky `ambient` is the share of the zenith's colour. */
export interface Sources {
  readonly ambient: Uint8Array;
  readonly suns: readonly [Uint8Array, Uint8Array, Uint8Array];
  readonly porchLamp: Uint8Array;
  readonly streetLamp: Uint8Array;
}

export interface Half extends Sources {
  readonly width: number;
  readonly height: number;
  readonly red: Uint8Array;
  readonly green: Uint8Array;
  readonly blue: Uint8Array;
  /** 1 = sky. */
  readonly sky: Uint8Array;
}

export const skyDepth = 0xffff;

/** Where in a pixel the colour is taken, as fractions: three rows, three columns. */
const samples = [
  [0.5, 0.17],
  [0.17, 0.5],
  [0.83, 0.83],
] as const;

interface Sight {
  readonly paint: Paint;
  surface: Surface | null;
  u: number;
  v: number;
  z: number;
}

/** A surface with what this row of the picture sees of it. */
interface Slice {
  readonly surface: Surface;
  readonly fromX: number;
  readonly toX: number;
  /** floor, front: the distance of the whole row; side: unused. */
  readonly z: number;
  readonly y: number;
}

const kept = new Map<string, Stage>();
const keptStages = 3;

export function stageOf(seed: number, geometry: FrameGeometry): Stage {
  const key = `${seed} ${geometry.width}x${geometry.height}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const built = build(seed, geometry);
  const oldest = kept.keys().next();
  if (kept.size >= keptStages && oldest.done !== true) kept.delete(oldest.value);
  kept.set(key, built);
  return built;
}

function build(seed: number, { width, height }: FrameGeometry): Stage {
  const row = houses(hash(seed, 0x40));
  const surfaces = [
    ...deck(hash(seed, 0x10)),
    ...garden(hash(seed, 0x20)),
    ...street(hash(seed, 0x30)),
    ...row.surfaces,
    sky(hash(seed, 0x50)),
  ];
  const pixels = width * height;
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const quarter = halfWidth * halfHeight;
  const stage: Stage = {
    width,
    height,
    ...newSources(pixels),
    grey: new Uint8Array(pixels),
    gloss: new Uint8Array(pixels),
    depth: new Uint16Array(pixels),
    half: {
      width: halfWidth,
      height: halfHeight,
      ...newSources(quarter),
      red: new Uint8Array(quarter),
      green: new Uint8Array(quarter),
      blue: new Uint8Array(quarter),
      sky: new Uint8Array(quarter),
    },
    panes: row.panes,
  };
  for (let y = 0; y < height; y += 1) buildRow(stage, surfaces, y);
  return stage;
}

function newSources(pixels: number): Sources {
  return {
    ambient: new Uint8Array(pixels),
    suns: [new Uint8Array(pixels), new Uint8Array(pixels), new Uint8Array(pixels)],
    porchLamp: new Uint8Array(pixels),
    streetLamp: new Uint8Array(pixels),
  };
}

function buildRow(stage: Stage, surfaces: readonly Surface[], y: number): void {
  const { width, height } = stage;
  const stepX = canvasWidth / width;
  const stepY = canvasHeight / height;
  const rows: Slice[][] = [];
  for (const [, down] of samples) rows.push(slicesOf(surfaces, (y + down) * stepY));
  const sight: Sight = { paint: { r: 0, g: 0, b: 0, gloss: 0, open: 1 }, surface: null, u: 0, v: 0, z: 0 };
  const depths = new Float64Array(samples.length);
  for (let x = 0; x < width; x += 1) {
    let r = 0;
    let g = 0;
    let b = 0;
    let gloss = 0;
    let open = 0;
    let n = 0;
    for (const slices of rows) {
      look(sight, slices, (x + (samples[n]?.[0] ?? 0.5)) * stepX, stepX);
      r += clamp(sight.paint.r, 0, 255);
      g += clamp(sight.paint.g, 0, 255);
      b += clamp(sight.paint.b, 0, 255);
      gloss += sight.paint.gloss;
      open += sight.paint.open;
      depths[n] = sight.surface?.sky === true ? skyDepth : Math.min(skyDepth - 1, sight.z * 100);
      n += 1;
    }
    depths.sort();
    const i = y * width + x;
    const vignette = vignetteAt((x + 0.5) / width, (y + 0.5) / height);
    const red = Math.round((r / n) * vignette);
    const green = Math.round((g / n) * vignette);
    const blue = Math.round((b / n) * vignette);
    stage.grey[i] = (red * 77 + green * 150 + blue * 29) >> 8;
    stage.gloss[i] = Math.round((gloss / n) * 255);
    stage.depth[i] = Math.round(depths[1] ?? 0);
    lightPixel(stage, i, sight, open / n);
    if (((x | y) & 1) === 0) copyToHalf(stage, i, (y >> 1) * stage.half.width + (x >> 1), [red, green, blue]);
  }
}

function copyToHalf(stage: Stage, i: number, h: number, colour: readonly [number, number, number]): void {
  const { half } = stage;
  half.red[h] = colour[0];
  half.green[h] = colour[1];
  half.blue[h] = colour[2];
  half.ambient[h] = stage.ambient[i] ?? 0;
  half.porchLamp[h] = stage.porchLamp[i] ?? 0;
  half.streetLamp[h] = stage.streetLamp[i] ?? 0;
  half.sky[h] = stage.depth[i] === skyDepth ? 1 : 0;
  half.suns.forEach((sun, k) => {
    sun[h] = stage.suns[k]?.[i] ?? 0;
  });
}

/** Lenses darken towards the corners. */
function vignetteAt(fx: number, fy: number): number {
  const dx = fx - 0.5;
  const dy = fy - 0.5;
  return 1.02 - 0.34 * (dx * dx + dy * dy) * (dx * dx + dy * dy) * 4 - 0.06 * (dx * dx + dy * dy);
}

function slicesOf(surfaces: readonly Surface[], canvasRow: number): Slice[] {
  const down = canvasRow - view.horizonY;
  const slices: Slice[] = [];
  for (const surface of surfaces) {
    const { at, u, v } = surface;
    if (surface.plane === "floor") {
      const z = (view.focal * (view.eyeM - at)) / down;
      if (!(z >= v[0] && z < v[1])) continue;
      slices.push({ surface, z, y: at, fromX: columnOf(u[0], z), toX: columnOf(u[1], z) });
    } else if (surface.plane === "front") {
      const y = view.eyeM - (down * at) / view.focal;
      if (!(y >= v[0] && y < v[1])) continue;
      slices.push({ surface, z: at, y, fromX: columnOf(u[0], at), toX: columnOf(u[1], at) });
    } else {
      const near = columnOf(at, Math.max(0.05, u[0]));
      const far = columnOf(at, u[1]);
      slices.push({ surface, z: 0, y: down, fromX: Math.min(near, far), toX: Math.max(near, far) });
    }
  }
  return slices;
}

function columnOf(x: number, z: number): number {
  return view.centreX + (view.focal * x) / z;
}

/** Finds what the ray through (column, row) meets first and paints it into `sight`. */
function look(sight: Sight, slices: readonly Slice[], column: number, stepX: number): void {
  let best: Surface | null = null;
  let bestZ = Number.POSITIVE_INFINITY;
  let bestU = 0;
  let bestV = 0;
  const across = column - view.centreX;
  for (const slice of slices) {
    if (column < slice.fromX || column >= slice.toX) continue;
    const { surface } = slice;
    let u: number;
    let v: number;
    let z: number;
    if (surface.plane === "side") {
      z = (view.focal * surface.at) / across;
      u = z;
      v = view.eyeM - (slice.y * z) / view.focal;
      if (v < surface.v[0] || v >= surface.v[1]) continue;
    } else {
      z = slice.z;
      u = (across * z) / view.focal;
      v = surface.plane === "floor" ? z : slice.y;
    }
    if (z >= bestZ) continue;
    if (surface.covers !== undefined && !surface.covers(u, v)) continue;
    best = surface;
    bestZ = z;
    bestU = u;
    bestV = v;
  }
  sight.surface = best;
  sight.u = bestU;
  sight.v = bestV;
  sight.z = bestZ;
  sight.paint.gloss = 0;
  sight.paint.open = 1;
  if (best === null) {
    sight.paint.r = 128;
    sight.paint.g = 128;
    sight.paint.b = 128;
    return;
  }
  const pixelM = (bestZ / view.focal) * stepX;
  const slant = best.plane === "floor" ? Math.sqrt(bestZ / Math.max(0.2, Math.abs(view.eyeM - best.at))) : 1;
  best.paint(bestU, bestV, pixelM * slant, sight.paint);
}

function lightPixel(stage: Stage, i: number, sight: Sight, open: number): void {
  const { surface, u, v, z } = sight;
  stage.ambient[i] = Math.round(clamp(open, 0, 1) * 255);
  if (surface === null || surface.sky === true) return;
  const point: Vector =
    surface.plane === "floor"
      ? [u, surface.at, z]
      : surface.plane === "front"
        ? [u, v, z]
        : [surface.at, v, z];
  const normal: Vector =
    surface.plane === "floor"
      ? [0, surface.at > view.eyeM ? -1 : 1, 0]
      : surface.plane === "front"
        ? [0, 0, -1]
        : [surface.at < 0 ? 1 : -1, 0, 0];
  suns.forEach((sun, k) => {
    const facing = sun[0] * normal[0] + sun[1] * normal[1] + sun[2] * normal[2];
    const taken = surface.leafy === true ? 0.42 + 0.4 * Math.max(0, facing) : Math.max(0, facing);
    const reach = taken > 0.01 ? taken * sunReach(sun, point[0], point[1], point[2]) : 0;
    const mask = stage.suns[k];
    if (mask !== undefined) mask[i] = Math.round(clamp(reach, 0, 1) * 255);
  });
  const side = surface.leafy === true ? null : normal;
  stage.porchLamp[i] = Math.round(clamp(porchLampReach(point, side), 0, 1) * 255);
  stage.streetLamp[i] = Math.round(clamp(streetLampReach(point, side), 0, 1) * 255);
}
