/**
 * Led: the camera's own infrared lamp.
 */
import type { Rgb } from "../light.ts";

const ledM = 2.5;

/** Light of the camera's lamp on what is this far away. */
export function ledReach(distanceM: number): number {
  return (ledM * ledM) / (distanceM * distanceM + 0.5 * ledM * ledM);
}

/** What infrared makes of the colour of leaves: they throw most of it back. */
export function leafIn(light: { readonly infrared: boolean }, colour: Rgb): Rgb {
  if (!light.infrared) return colour;
  return [colour[0] * 0.5 + 120, colour[1] * 0.5 + 120, colour[2] * 0.5 + 120];
}
