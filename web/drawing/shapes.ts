/**
 * Shapes: what is drawn on a picture: the property line, privacy zones, motion zones.
 *
 * Corners are fractions of the picture, exactly as they were given: a corner that nobody moved keeps
 * its number to the last bit. A shape keeps its `id` for as long as it lives, whatever its place in
 * the list.
 */
import type { Actions } from "../../daemon/alerts/zone-actions.ts";
import type { Fuse } from "../../daemon/sight/fusion.ts";
import type { Point, Polygon } from "../../hal/geometry.ts";

/** line = the property line; hidden = a privacy zone; counted = a zone where motion counts. */
export type Role = "line" | "hidden" | "counted";

/** What a motion zone says besides where it is. `sensitivity` null = that of the settings. */
export interface Motion {
  readonly name: string;
  readonly sensitivity: number | null;
  /** How PIR and picture count together; absent = as the settings say. */
  readonly fuse?: Fuse | undefined;
  /** What is wanted of what moves there; absent = as in the whole picture. */
  readonly what?: Actions | undefined;
}

export interface Shape {
  readonly id: number;
  readonly role: Role;
  readonly polygon: Polygon;
  readonly motion: Motion | null;
}

export interface Drawing {
  readonly shapes: readonly Shape[];
}

/** `corner` null = the shape as a whole. */
export interface Selection {
  readonly shape: number;
  readonly corner: number | null;
}

export const emptyDrawing: Drawing = { shapes: [] };

export function shapeOf(drawing: Drawing, id: number): Shape | null {
  return drawing.shapes.find((shape) => shape.id === id) ?? null;
}

/** Place of a shape among those of its role, from 0. */
export function placeOf(drawing: Drawing, shape: Shape): number {
  return drawing.shapes.filter(({ role }) => role === shape.role).findIndex(({ id }) => id === shape.id);
}

export function nextId(drawing: Drawing): number {
  return drawing.shapes.reduce((most, { id }) => Math.max(most, id), 0) + 1;
}

/** The corner that an edge ends at. */
export function after(polygon: Polygon, corner: number): Point {
  return polygon[(corner + 1) % polygon.length] ?? [0, 0];
}

export function middleOf([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}

/** Mean of the corners: where the handle that moves all of it sits. */
export function centreOf(polygon: Polygon): Point {
  const sum = (axis: 0 | 1): number => polygon.reduce((total, point) => total + point[axis], 0);
  return [sum(0) / Math.max(1, polygon.length), sum(1) / Math.max(1, polygon.length)];
}
