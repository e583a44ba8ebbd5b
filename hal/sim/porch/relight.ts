/**
 * Relight: the stage under the light of the hour, kept and renewed a band at a time.
 *
 * The picture is cut into bands. Each band shows the light of a whole second, the bands take
 * turns within it, so that a frame renews one band or two and still every byte follows from the
 * porch time alone. Light drifts by few grey levels in a second. Chroma is renewed half as often.
 */
import { type Canvas, newCanvas } from "./canvas.ts";
import type { Light, Rgb } from "./light.ts";
import { type Half, skyDepth, type Sources, type Stage } from "./stage.ts";
import { lumaOf, lumaWeight, rootOf, whole } from "./tone.ts";

const bands = 20;
const stepMs = 1_000;

interface Levels {
  readonly ambient: Rgb;
  readonly suns: readonly [Rgb, Rgb, Rgb];
  readonly porchLamp: Rgb;
  readonly streetLamp: Rgb;
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  /** 0..256 */
  readonly wet: number;
  /** Brightness and chroma that wet ground mirrors. */
  readonly mirror: number;
}

export class Background {
  readonly canvas: Canvas;
  readonly #stage: Stage;
  readonly #lightAt: (tMs: number) => Light;
  readonly #lumaOf = new Float64Array(bands).fill(-1);
  readonly #chromaOf = new Float64Array(bands).fill(-1);

  constructor(stage: Stage, lightOf: (tMs: number) => Light) {
    this.#stage = stage;
    this.#lightAt = lightOf;
    this.canvas = newCanvas(stage);
  }

  /** Brings every band to the light that a porch time asks for. */
  prepare(tMs: number): void {
    const { height } = this.#stage;
    const pairs = (height + 1) >> 1;
    const levels = new Map<number, Levels>();
    const at = (second: number): Levels => {
      const known = levels.get(second) ?? levelsAt(this.#lightAt(second * stepMs));
      levels.set(second, known);
      return known;
    };
    for (let band = 0; band < bands; band += 1) {
      const from = Math.floor((pairs * band) / bands);
      const to = Math.floor((pairs * (band + 1)) / bands);
      const luma = Math.max(0, Math.floor(tMs / stepMs + band / bands));
      if (this.#lumaOf[band] !== luma) {
        paintLuma(this.#stage, this.canvas, at(luma), { from: from * 2, to: Math.min(height, to * 2) });
        this.#lumaOf[band] = luma;
      }
      const chroma = Math.max(0, 2 * Math.floor(tMs / (2 * stepMs) + (band + 0.5) / bands));
      if (this.#chromaOf[band] !== chroma) {
        paintChroma(this.#stage, this.canvas, at(chroma), { from, to });
        this.#chromaOf[band] = chroma;
      }
    }
  }
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

function levelsAt(light: Light): Levels {
  const horizon = whole(light.horizon);
  return {
    ambient: whole(light.ambient),
    suns: [whole(light.suns[0]), whole(light.suns[1]), whole(light.suns[2])],
    porchLamp: whole(light.porchLamp),
    streetLamp: whole(light.streetLamp),
    zenith: whole(light.zenith),
    horizon,
    wet: Math.round(light.rain * 256),
    mirror: Math.round(((rootOf[Math.min(4095, lumaWeight(horizon))] as number) * 100) / 256),
  };
}

interface Source {
  readonly map: Uint8Array;
  readonly level: number;
}

/** The sources that shine at all, in one colour channel or in luma (`of`). */
function shining(sources: Sources, levels: Levels, of: (colour: Rgb) => number): Source[] {
  return [
    { map: sources.ambient, level: of(levels.ambient) },
    ...sources.suns.map((map, i) => ({ map, level: of(levels.suns[i] ?? levels.ambient) })),
    { map: sources.porchLamp, level: of(levels.porchLamp) },
    { map: sources.streetLamp, level: of(levels.streetLamp) },
  ].filter((source) => source.level > 0);
}

/** Adds up the sources over pixels from..from + sums.length, times 256. */
function gather(sources: readonly Source[], from: number, sums: Int32Array): void {
  const n = sums.length;
  sums.fill(0);
  for (const { map, level: given } of sources) {
    const level = given | 0;
    for (let x = 0, i = from; x < n; x += 1, i += 1) {
      sums[x] = ((sums[x] as number) + Math.imul(level, map[i] as number)) | 0;
    }
  }
}

function paintLuma(stage: Stage, canvas: Canvas, levels: Levels, rows: Rows): void {
  const { width, grey, ambient, gloss, depth } = stage;
  const sources = shining(stage, levels, lumaWeight);
  const sums = new Int32Array(width);
  const zenith = lumaWeight(levels.zenith);
  const horizon = lumaWeight(levels.horizon);
  const { wet, mirror } = levels;
  for (let y = rows.from; y < rows.to; y += 1) {
    const from = y * width;
    const out = y * canvas.stride;
    gather(sources, from, sums);
    for (let x = 0; x < width; x += 1) {
      const i = from + x;
      const tone = grey[i] as number;
      if ((depth[i] as number) === skyDepth) {
        const open = ambient[i] as number;
        const light = (zenith * open + horizon * (255 - open)) >> 8;
        canvas.y[out + x] = lumaOf[(tone * (rootOf[light] as number)) >> 8] as number;
        continue;
      }
      const light = (sums[x] as number) >> 8;
      let bright = (tone * (rootOf[light > 4095 ? 4095 : light] as number)) >> 8;
      if (wet > 0) {
        const shine = (gloss[i] as number) * wet;
        const mirrored = mirror * ((shine * (ambient[i] as number)) >> 8);
        bright = ((bright * (65536 - (shine >> 1))) >> 16) + (mirrored >> 16);
      }
      canvas.y[out + x] = lumaOf[bright] as number;
    }
  }
}

function paintChroma(stage: Stage, canvas: Canvas, levels: Levels, rows: Rows): void {
  const { half } = stage;
  const { width } = half;
  const maps = [half.red, half.green, half.blue] as const;
  const channels = maps.map((map, c) => ({
    map,
    sources: shining(half, levels, (colour) => colour[c] ?? 0),
    zenith: levels.zenith[c] ?? 0,
    horizon: levels.horizon[c] ?? 0,
    row: new Int32Array(width),
  }));
  const [red, green, blue] = channels.map((channel) => channel.row);
  if (red === undefined || green === undefined || blue === undefined) return;
  for (let y = rows.from; y < rows.to; y += 1) {
    const from = y * width;
    for (const channel of channels) {
      gather(channel.sources, from, channel.row);
      skyRow(half, channel, from);
      rootRow(channel.map, from, channel.row);
    }
    const out = y * canvas.chromaStride;
    for (let x = 0; x < width; x += 1) {
      const r = red[x] as number;
      const g = green[x] as number;
      const b = blue[x] as number;
      canvas.u[out + x] = chroma((-43 * r - 85 * g + 128 * b) >> 8);
      canvas.v[out + x] = chroma((128 * r - 107 * g - 21 * b) >> 8);
    }
  }
}

interface Channel {
  readonly zenith: number;
  readonly horizon: number;
  readonly row: Int32Array;
}

/** Puts the sky's own light where there is sky. */
function skyRow({ sky, ambient }: Half, { zenith, horizon, row }: Channel, from: number): void {
  const a = zenith | 0;
  const b = horizon | 0;
  for (let x = 0; x < row.length; x += 1) {
    if ((sky[from + x] as number) === 0) continue;
    const open = ambient[from + x] as number;
    row[x] = (Math.imul(a, open) + Math.imul(b, 255 - open)) | 0;
  }
}

/** Colour times the root of the light, in place. */
function rootRow(map: Uint8Array, from: number, row: Int32Array): void {
  for (let x = 0; x < row.length; x += 1) {
    const light = (row[x] as number) >> 8;
    const value = Math.imul(map[from + x] as number, rootOf[light > 4095 ? 4095 : light] as number) >> 8;
    row[x] = value > 330 ? 330 : value;
  }
}

function chroma(offset: number): number {
  const value = 128 + ((offset * 225) >> 8);
  return value < 16 ? 16 : value > 240 ? 240 : value;
}
