/**
 * Surface: one flat piece of the stage set, and what a ray of the picture sees of it.
 *
 * Three orientations are enough because the camera looks straight out: floor (u = x, v = z),
 * front (u = x, v = y, facing the door) and side (u = z, v = y). `covers` cuts a silhouette out
 * of the rectangle; `paint` gives the colour at a point, as reflectance times 255 in the
 * picture's own gamma, and how much the place shines when it is wet.
 */
export interface Paint {
  r: number;
  g: number;
  b: number;
  /** 0..1, share of sky mirrored when wet. */
  gloss: number;
  /** 0..1, share of the open sky that reaches the place. */
  open: number;
}

export type Painter = (u: number, v: number, footM: number, out: Paint) => void;

export interface Surface {
  readonly plane: "floor" | "front" | "side";
  /** The fixed coordinate: y of a floor, z of a front, x of a side. */
  readonly at: number;
  readonly u: readonly [from: number, to: number];
  readonly v: readonly [from: number, to: number];
  readonly paint: Painter;
  readonly covers?: (u: number, v: number) => boolean;
  /** Leaves scatter light: they are lit from every side. */
  readonly leafy?: boolean;
  /** Shines by itself at dusk and night, as a fraction. */
  readonly sky?: boolean;
}

export function floor(at: number, u: Surface["u"], v: Surface["v"], paint: Painter): Surface {
  return { plane: "floor", at, u, v, paint };
}

export function front(at: number, u: Surface["u"], v: Surface["v"], paint: Painter): Surface {
  return { plane: "front", at, u, v, paint };
}

export function side(at: number, u: Surface["u"], v: Surface["v"], paint: Painter): Surface {
  return { plane: "side", at, u, v, paint };
}

export function setColour(out: Paint, r: number, g: number, b: number): void {
  out.r = r;
  out.g = g;
  out.b = b;
}

export function scale(out: Paint, factor: number): void {
  out.r *= factor;
  out.g *= factor;
  out.b *= factor;
}

/** How much of a pixel of size `footM` a line of `widthM` covers whose middle is `d` away. */
export function lineCover(d: number, widthM: number, footM: number): number {
  const reach = (widthM + footM) / 2 - Math.abs(d);
  if (reach <= 0) return 0;
  return Math.min(1, reach / footM, widthM / footM);
}

/** Distance from u to the nearest multiple of the period. */
export function fold(u: number, period: number): number {
  return u - Math.floor(u / period + 0.5) * period;
}
