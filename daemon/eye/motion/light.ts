/**
 * Light: is the picture bright, dark, or lit by the camera's own infrared?
 *
 * Some hundred places that the mask leaves visible are looked at once a second, luma and colour. Infrared
 * light has no colour at all, so its picture is grey everywhere; the greyest winter day is not (a door, a
 * leaf, a jacket: one place in twenty is enough). Dark is a picture of which nine tenths are darker than what
 * a porch lamp lights; a grey one must be nearly black for that. Another light is believed when it is seen
 * three times in a row, and leaving one takes more than entering it: dusk flickers once. A pure function of
 * the pictures in order.
 */
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";
import type { Light } from "../../sight/zones.ts";
import { shows } from "./visible.ts";

const across = 32;
const down = 18;
/** A colour this far from the usual one (a lamp may tint them all) is none of a grey camera's rounding. */
const colourful = 2;
/** Part of the places that have colour: below it is infrared, which is left above the second. */
const colourless = [0.05, 0.08] as const;
/** The luma that a tenth of the places reach: below it is dark, which is left above the second. */
const dim = [90, 105] as const;
/** The same where there is no colour. */
const dimGrey = [32, 40] as const;
const looksToBelieve = 3;

export interface LightMeter {
  readonly light: Light;
  /** One analysed picture; most of them are not looked at. */
  look(frame: MaskedFrame): void;
}

export interface LightMeterOptions extends FrameGeometry {
  readonly visible?: PlaneSpans | undefined;
}

export function createLightMeter(options: LightMeterOptions, fps: number): LightMeter {
  const places = placesOf(options);
  const lumas = new Uint8Array(places.length);
  const blues = new Uint8Array(places.length);
  const reds = new Uint8Array(places.length);
  const every = Math.max(1, Math.round(fps));
  let [pictures, streak] = [0, looksToBelieve];
  let [light, next]: [Light, Light] = ["bright", "bright"];

  function look(frame: MaskedFrame): void {
    const isDue = pictures % every === 0;
    pictures += 1;
    if (!isDue || places.length === 0) return;
    const seen = lightOf(frame);
    // the very first look is all that is known
    streak = pictures === 1 ? looksToBelieve : seen === next ? streak + 1 : 1;
    next = seen;
    if (streak >= looksToBelieve) light = seen;
  }

  function lightOf({ y, u, v }: MaskedFrame): Light {
    for (const [i, { x, y: row }] of places.entries()) {
      lumas[i] = y.data[row * y.stride + x] ?? 0;
      blues[i] = u.data[(row >> 1) * u.stride + (x >> 1)] ?? 0;
      reds[i] = v.data[(row >> 1) * v.stride + (x >> 1)] ?? 0;
    }
    const [blue, red] = [usual(blues, 0.5), usual(reds, 0.5)];
    const isColoured = (i: number): boolean =>
      Math.abs((blues[i] ?? 0) - blue) >= colourful || Math.abs((reds[i] ?? 0) - red) >= colourful;
    const coloured = places.reduce((count, _, i) => count + (isColoured(i) ? 1 : 0), 0);
    const isGrey = coloured < places.length * colourless[light === "infrared" ? 1 : 0];
    const most = usual(lumas, 0.9);
    if (most < (isGrey ? dimGrey : dim)[light === "dark" ? 1 : 0]) return "dark";
    return isGrey ? "infrared" : "bright";
  }

  return {
    get light() {
      return light;
    },
    look,
  };
}

/** What so much of the values does not exceed. */
function usual(values: Uint8Array, frac: number): number {
  return values.toSorted()[Math.floor(frac * values.length)] ?? 0;
}

/** Corners of 2x2 pixels that share their colour and can all be seen. */
function placesOf({ width, height, visible }: LightMeterOptions): { x: number; y: number }[] {
  const at = (i: number, count: number, size: number): number =>
    2 * Math.floor(((i + 0.5) * size) / (2 * count));
  const all = Array.from({ length: across * down }, (_, i) => ({
    x: at(i % across, across, width),
    y: at(Math.floor(i / across), down, height),
  }));
  const inside = all.filter(({ x, y }) => x + 1 < width && y + 1 < height);
  if (visible === undefined) return inside;
  const corners = [0, 1].flatMap((dx) => [0, 1].map((dy) => [dx, dy] as const));
  return inside.filter(({ x, y }) => corners.every(([dx, dy]) => shows(visible, x + dx, y + dy)));
}
