/**
 * Windows: lamps behind the panes across the street, and the lamps themselves, when it is dark.
 *
 * Each window has its own hours: a hash per quarter of an hour of the porch's day says whether
 * somebody is in the room.
 */
import type { Brush } from "./brush.ts";
import { paintGlow } from "./glow.ts";
import type { Light } from "./light.ts";
import { chance } from "./math.ts";
import { canvasX, canvasY, plan } from "./plan.ts";
import type { Pane } from "./set/houses.ts";
import { Slab } from "./shape.ts";
import { inkOf } from "./tone.ts";

export function paintWindows(brush: Brush, panes: readonly Pane[], seed: number, light: Light): void {
  if (light.dark < 0.03) return;
  const quarter = Math.floor(light.day * 96);
  panes.forEach((pane, i) => {
    if (chance(seed, 0x319, i, quarter >> 2) < 0.52) return;
    const warm = chance(seed, 0x31a, i);
    const colour = warm < 0.8 ? ([255, 196, 112] as const) : ([170, 196, 235] as const);
    const level = (0.42 + 0.5 * chance(seed, 0x31b, i)) * light.dark;
    const ink = inkOf(colour, [level, level, level]);
    const [left, right] = [canvasX(pane.u[0], pane.z), canvasX(pane.u[1], pane.z)];
    const [top, low] = [canvasY(pane.v[1], pane.z), canvasY(pane.v[0], pane.z)];
    const middle = (left + right) / 2;
    const bar = 0.7;
    for (const [from, to] of [
      [left, middle - bar],
      [middle + bar, right],
    ] as const) {
      const shape = new Slab(
        [
          [from, top],
          [to, top],
          [to, low],
          [from, low],
        ],
        0,
      );
      brush.paint({ shape, ink, z: pane.z, alpha: 0.85 * light.dark, fall: -0.35 });
    }
  });
  const { streetLamp } = plan;
  const [x, y] = [canvasX(streetLamp.x + 0.7, streetLamp.z), canvasY(streetLamp.topY - 0.13, streetLamp.z)];
  paintGlow(brush, {
    x: x,
    y: y,
    radius: 15,
    z: streetLamp.z - 0.1,
    bright: 230 * light.dark,
    u: 100,
    v: 146,
  });
  paintGlow(brush, {
    x: x,
    y: y + 6,
    radius: 70,
    z: streetLamp.z - 0.1,
    bright: 34 * light.dark,
    u: 108,
    v: 142,
  });
}
