/**
 * Edits: everything that can be done to a drawing, as values.
 *
 * Pure. An edit touches what it names and nothing else: all other corners are the same objects
 * afterwards. No edit makes a corner that is no number or that lies outside the picture; an edit of
 * something that is not there changes nothing. Whether the result is a line at all is asked
 * elsewhere (flaws.ts): while somebody draws it may well not be one.
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import { maxCorners } from "../../daemon/policy/shape.ts";
import { type Drawing, type Motion, nextId, type Role, type Shape, shapeOf } from "./shapes.ts";

export type Edit =
  | { readonly do: "move-corner"; readonly shape: number; readonly corner: number; readonly to: Point }
  /** A new corner between `after` and the one that follows it. */
  | { readonly do: "insert-corner"; readonly shape: number; readonly after: number; readonly at: Point }
  | { readonly do: "remove-corner"; readonly shape: number; readonly corner: number }
  | { readonly do: "move-shape"; readonly shape: number; readonly by: Point }
  | {
      readonly do: "add-shape";
      readonly role: Role;
      readonly polygon: Polygon;
      readonly motion: Motion | null;
    }
  | { readonly do: "remove-shape"; readonly shape: number }
  | { readonly do: "describe"; readonly shape: number; readonly motion: Motion };

/** The same object when nothing changes. */
export function applyEdit(drawing: Drawing, edit: Edit): Drawing {
  switch (edit.do) {
    case "add-shape":
      return addShape(drawing, edit);
    case "remove-shape":
      if (shapeOf(drawing, edit.shape) === null) return drawing;
      return { shapes: drawing.shapes.filter(({ id }) => id !== edit.shape) };
    case "describe":
      return change(drawing, edit.shape, (shape) => ({ ...shape, motion: edit.motion }));
    case "move-corner":
      return reshape(drawing, edit.shape, (polygon) => moveCorner(polygon, edit.corner, edit.to));
    case "insert-corner":
      return reshape(drawing, edit.shape, (polygon) => insertCorner(polygon, edit.after, edit.at));
    case "remove-corner":
      return reshape(drawing, edit.shape, (polygon) => removeCorner(polygon, edit.corner));
    case "move-shape":
      return reshape(drawing, edit.shape, (polygon) => moveAll(polygon, edit.by));
  }
}

/** Into the picture, on a grid a thousand times finer than a pixel, so that numbers stay short. */
export function settle([x, y]: Point): Point | null {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
  return [settleOne(x), settleOne(y)];
}

const grid = 1_000_000;

function settleOne(value: number): number {
  return Math.min(grid, Math.max(0, Math.round(value * grid))) / grid;
}

function change(drawing: Drawing, id: number, make: (shape: Shape) => Shape): Drawing {
  const before = shapeOf(drawing, id);
  if (before === null) return drawing;
  const after = make(before);
  if (after === before) return drawing;
  return { shapes: drawing.shapes.map((shape) => (shape === before ? after : shape)) };
}

function reshape(drawing: Drawing, id: number, make: (polygon: Polygon) => Polygon): Drawing {
  return change(drawing, id, (shape) => {
    const polygon = make(shape.polygon);
    return polygon === shape.polygon ? shape : { ...shape, polygon };
  });
}

function addShape(drawing: Drawing, edit: Edit & { readonly do: "add-shape" }): Drawing {
  if (edit.polygon.length > maxCorners) return drawing;
  if (!edit.polygon.every(isInside)) return drawing;
  const { role, polygon, motion } = edit;
  return { shapes: [...drawing.shapes, { id: nextId(drawing), role, polygon, motion }] };
}

function isInside(point: Point): boolean {
  return point.every((value) => Number.isFinite(value) && value >= 0 && value <= 1);
}

function moveCorner(polygon: Polygon, corner: number, to: Point): Polygon {
  const [before, place] = [polygon[corner], settle(to)];
  if (before === undefined || place === null) return polygon;
  if (before[0] === place[0] && before[1] === place[1]) return polygon;
  return polygon.map((point, i) => (i === corner ? place : point));
}

function insertCorner(polygon: Polygon, after: number, at: Point): Polygon {
  const place = settle(at);
  if (polygon[after] === undefined || place === null || polygon.length >= maxCorners) return polygon;
  return [...polygon.slice(0, after + 1), place, ...polygon.slice(after + 1)];
}

/** Three corners are the fewest that enclose anything; who wants less removes the shape. */
function removeCorner(polygon: Polygon, corner: number): Polygon {
  if (polygon[corner] === undefined || polygon.length <= 3) return polygon;
  return polygon.filter((_, i) => i !== corner);
}

/** Stops at the picture's border as a whole: its form does not change. */
function moveAll(polygon: Polygon, [byX, byY]: Point): Polygon {
  if (!Number.isFinite(byX) || !Number.isFinite(byY)) return polygon;
  const [x, y] = [room(polygon, 0, byX), room(polygon, 1, byY)];
  if (x === 0 && y === 0) return polygon;
  return polygon.map((point): Point => [shift(point[0], x), shift(point[1], y)]);
}

function room(polygon: Polygon, axis: 0 | 1, by: number): number {
  const values = polygon.map((point) => point[axis]);
  return Math.min(1 - Math.max(...values), Math.max(-Math.min(...values), Math.round(by * grid) / grid));
}

/** Not moving along an axis leaves its numbers as they are. */
function shift(value: number, by: number): number {
  return by === 0 ? value : Math.min(1, Math.max(0, value + by));
}
