/**
 * Scenery: the stage under the light of the hour, as the camera sees it in this moment.
 *
 * Usually one background (relight.ts). What switches from one picture to the next has a
 * background of its own, made when it is first asked for: the porch lamp off, infrared, and the
 * garden under a cloud, which is blended with the sunny one.
 */
import { type Canvas, copyCanvas } from "./canvas.ts";
import { type Light, lightAt, scaled } from "./light.ts";
import { Background } from "./relight.ts";
import type { Porchly } from "./settings.ts";
import type { Stage } from "./stage.ts";
import { cloudCover, cloudedLight, paintClouds } from "./trouble/clouds.ts";
import { infraredAt, infraredLight, infraredStage } from "./trouble/infrared.ts";
import { lampIsOn } from "./trouble/lamp.ts";
import { strengthsAt } from "./trouble/program.ts";

/** What the camera sees by, apart from the hour. */
export interface View {
  readonly infrared: boolean;
  /** How bright the porch lamp is beside its usual light. */
  readonly lamp: number;
}

/** A lamp that is switched is bright: the usual one would hardly be missed beside the street lamp. */
const brightLamp = 2.6;

export function viewAt(settings: Porchly, tMs: number): View {
  const { lamp, noise } = strengthsAt(settings, tMs);
  const usual = lamp > 0.5 ? brightLamp : 1;
  return {
    infrared: infraredAt(settings, tMs),
    lamp: noise > 0.5 || !lampIsOn(settings.seed, tMs, lamp) ? 0 : usual,
  };
}

export function lightIn(view: View, light: Light): Light {
  const lit = view.lamp === 1 ? light : { ...light, porchLamp: scaled(light.porchLamp, view.lamp) };
  return view.infrared ? infraredLight(lit) : lit;
}

export class Scenery {
  readonly #stage: Stage;
  readonly #settings: Porchly;
  readonly #made = new Map<string, Background>();
  #grey: Stage | null = null;

  constructor(stage: Stage, settings: Porchly) {
    this.#stage = stage;
    this.#settings = settings;
  }

  /** The light that falls on somebody at a place. */
  lightOn(light: Light, tMs: number, { x, z }: { x: number; z: number }): Light {
    const { clouds } = strengthsAt(this.#settings, tMs);
    if (clouds <= 0) return light;
    return cloudedLight(light, clouds * cloudCover(this.#settings.seed, tMs, x, z));
  }

  paint(canvas: Canvas, view: View, tMs: number): void {
    const open = this.#background(view, 0);
    open.prepare(tMs);
    copyCanvas(open.canvas, canvas);
    const { clouds } = strengthsAt(this.#settings, tMs);
    if (clouds <= 0) return;
    const shaded = this.#background(view, 1);
    shaded.prepare(tMs);
    const { seed } = this.#settings;
    paintClouds({ canvas, stage: this.#stage }, shaded.canvas, { seed, tMs, strength: clouds });
  }

  #background(view: View, cover: number): Background {
    const key = `${view.infrared} ${view.lamp} ${cover}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const stage = view.infrared ? (this.#grey ??= infraredStage(this.#stage)) : this.#stage;
    const made = new Background(stage, (tMs) => {
      const light = lightIn(view, lightAt(this.#settings, tMs));
      return cover > 0 ? cloudedLight(light, cover) : light;
    });
    this.#made.set(key, made);
    return made;
  }
}
