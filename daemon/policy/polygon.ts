/**
 * Polygon: is this a line that can be drawn around something? In words, for the one who drew it.
 *
 * Refused: corners that are no numbers or leave the picture, too few or too many of them, two
 * corners on the same spot, edges that cross or touch each other, and a polygon without an area.
 * Pure; the page asks the same question while the line is being drawn.
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import { maxCorners, minCorners } from "./shape.ts";

/** What is wrong, for a page that shows it in its own words; corners and edges count from 0. */
export type PolygonFlaw =
  | { readonly kind: "too-few" | "too-many"; readonly corners: number }
  | { readonly kind: "outside" | "twin"; readonly corner: number }
  | { readonly kind: "crossing"; readonly edges: readonly [number, number] }
  | { readonly kind: "no-area" };

/** Null = it is fine. Edge `i` runs from corner `i` to the next one. */
export function polygonFlaw(polygon: Polygon): PolygonFlaw | null {
  const corners = polygon.length;
  if (corners < minCorners) return { kind: "too-few", corners };
  if (corners > maxCorners) return { kind: "too-many", corners };
  const outside = polygon.findIndex(([x, y]) => !isFraction(x) || !isFraction(y));
  if (outside >= 0) return { kind: "outside", corner: outside };
  const twin = polygon.findIndex((corner, i) => isSame(corner, polygon[(i + 1) % corners] ?? corner));
  if (twin >= 0) return { kind: "twin", corner: twin };
  const edges = firstCrossing(polygon);
  if (edges !== null) return { kind: "crossing", edges };
  return areaOf(polygon) === 0 ? { kind: "no-area" } : null;
}

/** Null = it is fine; otherwise what is wrong with it, lower case. */
export function polygonProblem(polygon: Polygon): string | null {
  const flaw = polygonFlaw(polygon);
  return flaw === null ? null : inWords(flaw);
}

function inWords(flaw: PolygonFlaw): string {
  switch (flaw.kind) {
    case "too-few":
      return `it has ${flaw.corners} corners; at least ${minCorners} are needed`;
    case "too-many":
      return `it has ${flaw.corners} corners; at most ${maxCorners} are allowed`;
    case "outside":
      return `corner ${flaw.corner + 1} is not inside the picture`;
    case "twin":
      return `corner ${flaw.corner + 1} lies on the next one`;
    case "crossing":
      return `its edges ${flaw.edges[0] + 1} and ${flaw.edges[1] + 1} cross or touch`;
    case "no-area":
      return "it encloses nothing";
  }
}

/** Share of the picture, 0..1, by the shoelace formula. */
export function areaOf(polygon: Polygon): number {
  let twice = 0;
  for (const [[ax, ay], [bx, by]] of edgesOf(polygon)) twice += ax * by - bx * ay;
  return Math.abs(twice) / 2;
}

function isFraction(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= 1;
}

function isSame([ax, ay]: Point, [bx, by]: Point): boolean {
  return ax === bx && ay === by;
}

type Edge = readonly [a: Point, b: Point];

function edgesOf(polygon: Polygon): Edge[] {
  return polygon.map((corner, i) => [corner, polygon[(i + 1) % polygon.length] ?? corner]);
}

/** Numbers of the first two edges that meet anywhere but at the corner they share. */
function firstCrossing(polygon: Polygon): [number, number] | null {
  const edges = edgesOf(polygon);
  const boxes = Float64Array.from(edges.flatMap(boxOf));
  for (const [i, edge] of edges.entries()) {
    for (let j = i + 1; j < edges.length; j += 1) {
      if (areApart(boxes, 4 * i, 4 * j)) continue; // nearly all of half a million pairs
      const other = edges[j];
      if (other === undefined) continue;
      const neighbours = j === i + 1 || (i === 0 && j === edges.length - 1);
      if (neighbours ? foldsBack(edge, other) : meet(edge, other)) return [i, j];
    }
  }
  return null;
}

/** Left, right, top, bottom. */
function boxOf([[ax, ay], [bx, by]]: Edge): number[] {
  return [Math.min(ax, bx), Math.max(ax, bx), Math.min(ay, by), Math.max(ay, by)];
}

function areApart(boxes: Float64Array, a: number, b: number): boolean {
  const at = (index: number): number => boxes[index] ?? 0;
  return at(a) > at(b + 1) || at(b) > at(a + 1) || at(a + 2) > at(b + 3) || at(b + 2) > at(a + 3);
}

/** Twice the signed area of a, b, c: which side of ab is c on? */
function side([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function meet([a, b]: Edge, [c, d]: Edge): boolean {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && isBetween(a, b, c)) ||
    (abd === 0 && isBetween(a, b, d)) ||
    (cda === 0 && isBetween(c, d, a)) ||
    (cdb === 0 && isBetween(c, d, b))
  );
}

/** Two edges with a common corner that lie on each other. */
function foldsBack(first: Edge, second: Edge): boolean {
  const [a, b, c] = isSame(first[1], second[0])
    ? [first[0], first[1], second[1]]
    : [first[1], first[0], second[0]];
  if (side(a, b, c) !== 0) return false;
  return (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0;
}

/** `point` is on the line through a and b already. */
function isBetween([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): boolean {
  return Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);
}
