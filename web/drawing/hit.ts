/**
 * Hit: what is under the pointer: a corner, the handle of a whole shape, an edge, or a shape.
 *
 * Pure, in CSS pixels on the stage. Corners win over handles, handles over edges, and the selected
 * shape over the others. A finger gets a circle of 44 px around what it means, a mouse a smaller one.
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import { centreOf, type Drawing, type Shape } from "./shapes.ts";
import { toStage, type View } from "./view.ts";

export type Hit =
  | { readonly on: "corner"; readonly shape: number; readonly corner: number }
  | { readonly on: "handle"; readonly shape: number }
  /** `corner` begins the edge; `at` is the nearest place on it, in fractions. */
  | { readonly on: "edge"; readonly shape: number; readonly corner: number; readonly at: Point }
  | { readonly on: "shape"; readonly shape: number };

export const touchReachPx = 22;
export const mouseReachPx = 11;

export interface Where {
  readonly view: View;
  readonly at: Point;
  readonly reachPx: number;
}

export function hit(drawing: Drawing, selected: number | null, where: Where): Hit | null {
  const shapes = [...drawing.shapes].reverse().sort((a, b) => rank(a, selected) - rank(b, selected));
  return (
    nearestCorner(shapes, where) ??
    handleOf(shapes, selected, where) ??
    nearestEdge(shapes, where) ??
    shapeUnder(shapes, where)
  );
}

function rank(shape: Shape, selected: number | null): number {
  return shape.id === selected ? 0 : 1;
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

/** Of all candidates the nearest one in reach; ties go to the first. */
function nearest<T>(candidates: Iterable<readonly [T, number]>, reachPx: number): T | null {
  let best: { readonly what: T; readonly px: number } | null = null;
  for (const [what, px] of candidates) {
    if (px <= reachPx && (best === null || px < best.px)) best = { what, px };
  }
  return best === null ? null : best.what;
}

function nearestCorner(shapes: readonly Shape[], { view, at, reachPx }: Where): Hit | null {
  return nearest(
    shapes.flatMap(({ id, polygon }) =>
      polygon.map((point, corner): readonly [Hit, number] => [
        { on: "corner", shape: id, corner },
        distance(toStage(view, point), at),
      ]),
    ),
    reachPx,
  );
}

function handleOf(shapes: readonly Shape[], selected: number | null, where: Where): Hit | null {
  const shape = shapes.find(({ id }) => id === selected);
  if (shape === undefined) return null;
  const px = distance(toStage(where.view, centreOf(shape.polygon)), where.at);
  return px <= Math.max(where.reachPx, 16) ? { on: "handle", shape: shape.id } : null;
}

function nearestEdge(shapes: readonly Shape[], { view, at, reachPx }: Where): Hit | null {
  return nearest(
    shapes.flatMap(({ id, polygon }) =>
      polygon.map((a, corner): readonly [Hit, number] => {
        const b = polygon[(corner + 1) % polygon.length] ?? a;
        const t = along(toStage(view, a), toStage(view, b), at);
        const place: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        return [{ on: "edge", shape: id, corner, at: place }, distance(toStage(view, place), at)];
      }),
    ),
    Math.min(reachPx, 16),
  );
}

/** Share of the way from a to b at which it comes nearest to `at`. */
function along([ax, ay]: Point, [bx, by]: Point, at: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  if (squared === 0) return 0;
  return Math.min(1, Math.max(0, ((at[0] - ax) * dx + (at[1] - ay) * dy) / squared));
}

function shapeUnder(shapes: readonly Shape[], { view, at }: Where): Hit | null {
  // the smaller ones lie on the line: they are asked first
  const order = [...shapes].sort((a, b) => Number(a.role === "line") - Number(b.role === "line"));
  const found = order.find(({ polygon }) =>
    isInside(
      at,
      polygon.map((point) => toStage(view, point)),
    ),
  );
  return found === undefined ? null : { on: "shape", shape: found.id };
}

/** Even-odd rule. */
export function isInside([x, y]: Point, polygon: Polygon): boolean {
  let inside = false;
  polygon.forEach(([x1, y1], i) => {
    const [x0, y0] = polygon[i === 0 ? polygon.length - 1 : i - 1] ?? [x1, y1];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) * (x1 - x0)) / (y1 - y0)) inside = !inside;
  });
  return inside;
}
