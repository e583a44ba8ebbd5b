/**
 * Relight: the stage under the light of the hour, kept and renewed a band at a time.
 *
 * The picture is cut into bands. Each band shows the light of a whole second, the bands take
 * turns within it, so that a frame renews one band or none and still every byte follows from
 * the porch time alone. The light drifts so slowly that a second is less than a grey level.
 */
import { type Canvas, newCanvas } from "./canvas.ts";
import { type Light, lightAt, type Rgb } from "./light.ts";
import type { Porchly } from "./settings.ts";
import { skyDepth, type Stage } from "./stage.ts";
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
  readonly #settings: Porchly;
  readonly #shown = new Float64Array(bands).fill(-1);

  constructor(stage: Stage, settings: Porchly) {
    this.#stage = stage;
    this.#settings = settings;
    this.canvas = newCanvas(stage);
  }

  /** Brings every band to the light that a porch time asks for. */
  prepare(tMs: number): void {
    const pairs = (this.#stage.height + 1) >> 1;
    let levels: Levels | null = null;
    let levelsOf = -1;
    for (let band = 0; band < bands; band += 1) {
      const second = Math.max(0, Math.floor(tMs / stepMs + band / bands));
      if (this.#shown[band] === second) continue;
      if (levels === null || levelsOf !== second) levels = levelsAt(lightAt(this.#settings, second * stepMs));
      levelsOf = second;
      const from = Math.floor((pairs * band) / bands);
      const to = Math.floor((pairs * (band + 1)) / bands);
      paintLuma(this.#stage, this.canvas, levels, from * 2, Math.min(this.#stage.height, to * 2));
      paintChroma(this.#stage, this.canvas, levels, from, to);
      this.#shown[band] = second;
    }
  }
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

function paintLuma(stage: Stage, canvas: Canvas, levels: Levels, fromRow: number, toRow: number): void {
  const { width, red, green, blue, ambient, porchLamp, streetLamp, gloss, depth } = stage;
  const [morning, noon, afternoon] = stage.suns;
  const a = lumaWeight(levels.ambient);
  const s0 = lumaWeight(levels.suns[0]);
  const s1 = lumaWeight(levels.suns[1]);
  const s2 = lumaWeight(levels.suns[2]);
  const p = lumaWeight(levels.porchLamp);
  const q = lumaWeight(levels.streetLamp);
  const zenith = lumaWeight(levels.zenith);
  const horizon = lumaWeight(levels.horizon);
  const { wet, mirror } = levels;
  for (let y = fromRow; y < toRow; y += 1) {
    let i = y * width;
    let o = y * canvas.stride;
    for (let x = 0; x < width; x += 1, i += 1, o += 1) {
      const grey = ((red[i] as number) * 77 + (green[i] as number) * 150 + (blue[i] as number) * 29) >> 8;
      const open = ambient[i] as number;
      if (depth[i] === skyDepth) {
        const light = (zenith * open + horizon * (255 - open)) >> 8;
        canvas.y[o] = lumaOf[(grey * (rootOf[light] as number)) >> 8] as number;
        continue;
      }
      const light =
        (a * open +
          s0 * (morning[i] as number) +
          s1 * (noon[i] as number) +
          s2 * (afternoon[i] as number) +
          p * (porchLamp[i] as number) +
          q * (streetLamp[i] as number)) >>
        8;
      let bright = (grey * (rootOf[light > 4095 ? 4095 : light] as number)) >> 8;
      if (wet > 0) {
        const shine = (gloss[i] as number) * wet;
        bright = ((bright * (65536 - (shine >> 1))) >> 16) + ((mirror * ((shine * open) >> 8)) >> 16);
      }
      canvas.y[o] = lumaOf[bright] as number;
    }
  }
}

function paintChroma(stage: Stage, canvas: Canvas, levels: Levels, fromRow: number, toRow: number): void {
  const { width, red, green, blue, ambient, porchLamp, streetLamp, depth } = stage;
  const [morning, noon, afternoon] = stage.suns;
  const { suns, zenith, horizon } = levels;
  const rgb: [number, number, number] = [0, 0, 0];
  for (let y = fromRow; y < toRow; y += 1) {
    for (let x = 0; x < canvas.halfWidth; x += 1) {
      const i = y * 2 * width + x * 2;
      const open = ambient[i] as number;
      const isSky = depth[i] === skyDepth;
      for (let c = 0; c < 3; c += 1) {
        const light = isSky
          ? (zenith[c] as number) * open + (horizon[c] as number) * (255 - open)
          : (levels.ambient[c] as number) * open +
            (suns[0][c] as number) * (morning[i] as number) +
            (suns[1][c] as number) * (noon[i] as number) +
            (suns[2][c] as number) * (afternoon[i] as number) +
            (levels.porchLamp[c] as number) * (porchLamp[i] as number) +
            (levels.streetLamp[c] as number) * (streetLamp[i] as number);
        const root = rootOf[Math.min(4095, light >> 8)] as number;
        const colour = c === 0 ? red[i] : c === 1 ? green[i] : blue[i];
        const value = ((colour as number) * root) >> 8;
        rgb[c] = value > 330 ? 330 : value;
      }
      const o = y * canvas.chromaStride + x;
      canvas.u[o] = chroma((-43 * rgb[0] - 85 * rgb[1] + 128 * rgb[2]) >> 8);
      canvas.v[o] = chroma((128 * rgb[0] - 107 * rgb[1] - 21 * rgb[2]) >> 8);
    }
  }
}

function chroma(offset: number): number {
  const value = 128 + ((offset * 225) >> 8);
  return value < 16 ? 16 : value > 240 ? 240 : value;
}
