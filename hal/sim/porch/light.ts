/**
 * Light: how bright and which colour each source is at a porch time.
 *
 * Sources: the open sky (ambient), the sun at two of its three places, the porch lamp, the
 * street lamp; and the look of the sky itself. All as linear intensities per colour, where a
 * white surface under intensity 1 is white in the picture. Slow drift: clouds pass the sun and
 * the day moves on, in `auto` through a whole day in 20 minutes.
 */
import { dayFraction } from "./day.ts";
import { clamp, drift, hash, mix, sineTurns, smooth } from "./math.ts";
import type { Porchly } from "./settings.ts";
import { strengthsAt } from "./trouble/program.ts";

export type Rgb = readonly [number, number, number];

export interface Light {
  /** 0 = midnight, 0.5 = noon. */
  readonly day: number;
  readonly ambient: Rgb;
  /** Light of suns[0..2]. */
  readonly suns: readonly [Rgb, Rgb, Rgb];
  readonly porchLamp: Rgb;
  readonly streetLamp: Rgb;
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  /** 0..1: how dark it is; lamps, headlights and windows go by it. */
  readonly dark: number;
  /** Sine of the sun's height over the horizon, -1..1. */
  readonly sunHeight: number;
  /** 0..1 */
  readonly rain: number;
  /** Seen in infrared, by the camera's own lamp (trouble/infrared.ts). */
  readonly infrared: boolean;
}

/** 0..1, rising and falling over half a minute; showers of some minutes in `auto`. */
export function rainAt(settings: Porchly, tMs: number): number {
  if (settings.rain === "off") return 0;
  if (settings.rain === "on") return 0.75 + 0.25 * drift(hash(settings.seed, 0x4a1), tMs / 40_000);
  return smooth(
    0.68,
    0.8,
    drift(hash(settings.seed, 0x4a2), tMs / 170_000 + 0.13) * smooth(60_000, 150_000, tMs),
  );
}

export function lightAt(settings: Porchly, tMs: number): Light {
  const day = dayFraction(settings, tMs);
  const rain = rainAt(settings, tMs);
  const height = sineTurns(day - 0.25);
  const up = smooth(-0.16, 0.42, height);
  const glow = smooth(-0.3, -0.02, height) * smooth(0.42, 0.02, height);
  const dark = 1 - smooth(-0.14, 0.12, height);
  const overcast = Math.max(rain, 0.85 * strengthsAt(settings, tMs).snow);
  const cloud = clouds(settings, tMs) * (1 - 0.93 * overcast);
  const grey = 1 - 0.22 * overcast;

  const sunUp = smooth(0, 0.3, height);
  const sun: Rgb = scaled(
    mixed([1.05, 0.5, 0.18], [1, 0.93, 0.8], sunUp),
    (sunUp * 0.95 + 0.3 * smooth(-0.02, 0.1, height)) * cloud,
  );
  const q = clamp(((day - 0.25) / 0.5) * 2.5 - 0.32, 0, 2);
  const weights = [clamp(1 - q, 0, 1), 1 - Math.abs(q - 1), clamp(q - 1, 0, 1)] as const;

  const ambient = added(
    scaled([0.011, 0.015, 0.028], 1),
    added(
      scaled(mixed([0.5, 0.55, 0.63], [0.56, 0.58, 0.6], overcast), up * grey * (1.12 - 0.12 * cloud)),
      scaled([0.12, 0.06, 0.06], glow * (1 - overcast * 0.7)),
    ),
  );
  return {
    day,
    ambient,
    suns: [scaled(sun, weights[0]), scaled(sun, weights[1]), scaled(sun, weights[2])],
    porchLamp: scaled([0.62, 0.45, 0.25], dark),
    streetLamp: scaled([0.4, 0.3, 0.16], dark),
    zenith: added(
      scaled([0.0045, 0.0065, 0.015], 1),
      added(
        scaled(mixed([0.2, 0.42, 0.86], [0.5, 0.53, 0.57], overcast), up * 0.95),
        scaled([0.12, 0.1, 0.2], glow * (1 - overcast * 0.8)),
      ),
    ),
    horizon: added(
      scaled([0.022, 0.02, 0.024], 1),
      added(
        scaled(mixed([0.72, 0.82, 0.92], [0.6, 0.62, 0.64], overcast), up * 0.98),
        scaled([0.62, 0.25, 0.1], glow * (1 - overcast * 0.85)),
      ),
    ),
    dark,
    sunHeight: height,
    rain,
    infrared: false,
  };
}

/** What is left of the sun behind passing clouds, 0.3..1. */
function clouds(settings: Porchly, tMs: number): number {
  return mix(1, 0.3, smooth(0.48, 0.88, drift(hash(settings.seed, 0xc10), tMs / 55_000)));
}

export function scaled(colour: Rgb, factor: number): Rgb {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

export function added(a: Rgb, b: Rgb): Rgb {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function mixed(a: Rgb, b: Rgb, fraction: number): Rgb {
  return [mix(a[0], b[0], fraction), mix(a[1], b[1], fraction), mix(a[2], b[2], fraction)];
}
