/**
 * Polygon: is this a line that can be drawn around something? In words, for the one who drew it.
 *
 * Refused: corners that are no numbers or leave the picture, too few or too many of them, two
 * corners on the same spot, edges that cross or touch each other, and a polygon without an area.
 * Pure; the page asks the same question while the line is being drawn.
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import { maxCorners, minCorners } from "./shape.ts";

/** Null = it is fine; otherwise what is wrong with it, lower case. */
export function polygonProblem(polygon: Polygon): string | null {
  if (polygon.length < minCorners)
    return `it has ${polygon.length} corners; at least ${minCorners} are needed`;
  if (polygon.length > maxCorners)
    return `it has ${polygon.length} corners; at most ${maxCorners} are allowed`;
  const outside = polygon.findIndex(([x, y]) => !isFraction(x) || !isFraction(y));
  if (outside >= 0) return `corner ${outside + 1} is not inside the picture`;
  const twin = polygon.findIndex((corner, i) => isSame(corner, polygon[(i + 1) % polygon.length] ?? corner));
  if (twin >= 0) return `corner ${twin + 1} lies on the next one`;
  const crossing = firstCrossing(polygon);
  if (crossing !== null) return `its edges ${crossing[0] + 1} and ${crossing[1] + 1} cross or touch`;
  if (areaOf(polygon) === 0) return "it encloses nothing";
  return null;
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
  for (const [i, edge] of edges.entries()) {
    for (let j = i + 1; j < edges.length; j += 1) {
      const other = edges[j];
      if (other === undefined) continue;
      const neighbours = j === i + 1 || (i === 0 && j === edges.length - 1);
      if (neighbours ? foldsBack(edge, other) : meet(edge, other)) return [i, j];
    }
  }
  return null;
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
