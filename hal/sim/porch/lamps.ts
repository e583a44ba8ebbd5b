/**
 * Lamps: the light that falls on somebody standing at a point.
 */
import { added, type Light, type Rgb, scaled } from "./light.ts";
import { porchLampReach, streetLampReach, sunReach, suns } from "./shade.ts";
import { plan } from "./plan.ts";
import { ledReach } from "./trouble/led.ts";

export interface Lit {
  /** What to multiply colours with, before the root. */
  readonly light: Rgb;
  /** -1..1: the side from which most of it comes, for roundness. */
  readonly lean: number;
}

export function litAt(light: Light, x: number, y: number, z: number): Lit {
  let total = scaled(light.ambient, z < plan.porch.edgeZ ? 0.9 : 1);
  let lean = 0;
  suns.forEach((sun, i) => {
    const colour = light.suns[i];
    if (colour === undefined || colour[1] < 0.004) return;
    const reach = sunReach(sun, x, y, z) * 0.62;
    total = added(total, scaled(colour, reach));
    lean += sun[0] * reach * Math.min(1, colour[1] * 1.4);
  });
  const porch = light.infrared ? ledReach(z) : porchLampReach([x, y, z], null) * 0.8;
  total = added(total, scaled(light.porchLamp, porch));
  const street = streetLampReach([x, y, z], null) * 0.8;
  total = added(total, scaled(light.streetLamp, street));
  const toLamp = plan.streetLamp.x > x ? 1 : -1;
  return {
    light: total,
    lean: Math.max(-0.3, Math.min(0.3, lean * 0.5 + toLamp * street * light.dark * 0.1)),
  };
}
