/**
 * Scale: what a box's figures are multiplied with to be pixels of the input.
 */
export interface Scale {
  readonly x: number;
  readonly y: number;
}

export const pixels: Scale = { x: 1, y: 1 };

export function scaleOf(
  units: "pixels" | "fractions",
  { width, height }: { width: number; height: number },
): Scale {
  return units === "pixels" ? pixels : { x: width, y: height };
}
