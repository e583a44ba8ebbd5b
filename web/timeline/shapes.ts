/**
 * Shapes: the signs as they stand on the band and in its legend: outlines on a grid of 14, told apart without colour.
 *
 * One outline for both, as an SVG path: the canvas takes it too.
 */
import type { Sign } from "../events/signs.ts";

export const shapeSize = 14;

export const shapes: Readonly<Record<Sign, string>> = {
  ring: "M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1z",
  // a box with its tape
  parcel: "M1.5 2h4v4.5h3V2h4v10.5h-11z",
  // head and shoulders
  person: "M7 .5a3.1 3.1 0 1 0 0 6.2A3.1 3.1 0 0 0 7 .5zM1.2 13.5a5.8 5.8 0 0 1 11.6 0z",
  // a face with two ears
  animal: "M1.5 1.2 5 4h4l3.5-2.8v7.4L7 13.2 1.5 8.6z",
  // a car from the side
  vehicle: "M.4 11V7.6L3 7l1.9-3.6h4.6l2.1 3.3 2 .7V11h-1.4a1.7 1.7 0 0 1-3.4 0H5.2a1.7 1.7 0 0 1-3.4 0z",
  motion: "M5.5 2h3v11h-3z",
};
