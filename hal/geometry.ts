/**
 * Geometry shared by every room: points and polygons in fractions of the picture.
 *
 * x grows to the right, y grows down, both 0..1 over the full picture, so that the same line
 * fits every resolution. A polygon is closed by itself (the first point is not repeated).
 */
export type Point = readonly [x: number, y: number];
export type Polygon = readonly Point[];

/** A box in pixels of one frame: left, top, width, height. */
export type BoxPx = readonly [x: number, y: number, w: number, h: number];
