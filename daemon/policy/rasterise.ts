/**
 * Rasterise: which pixels of a row lie wholly inside a polygon, and which does it touch at all?
 *
 * A pixel is the open square (x, x+1) x (y, y+1). For each row, every edge that enters the row's
 * band marks the pixels it passes through as touched; pixels that no edge enters lie wholly on one
 * side, so the even-odd test at their centre decides them exactly. `inside` = decided inside and
 * untouched (for the property line: rounding hides), `covered` = inside or touched (for privacy
 * zones: rounding hides there too). Slanted edges are widened by a hair, in x and in y alike, against
 * floating-point error; vertical and horizontal edges on pixel borders touch nothing, so a line around
 * the whole picture shows the whole picture. What is a billionth of a pixel off a border lies on it,
 * so that a turned or cropped picture (view.ts) is masked to the same pixel.
 */
import type { Polygon } from "../../hal/geometry.ts";
import { rowOf, subtract, union, type Row } from "./rows.ts";

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Pixels: far below anything visible, far above the error of one interpolation in doubles. */
const hairPx = 1e-6;
/** Pixels: the error of carrying a corner from one picture to another, many times over. */
const borderPx = 1e-9;

export interface PolygonRows {
  /** Pixels wholly inside, ascending and disjoint, as [from, to) pairs. */
  inside(y: number): Row;
  /** Pixels inside or touched by the outline. */
  covered(y: number): Row;
}

export function polygonRows(polygon: Polygon, width: number, height: number): PolygonRows {
  const edges = polygonEdges(polygon, width, height);
  const rowAt = (y: number): { touched: Row; within: Row } => {
    const near = edges.filter((edge) => edge.y0 < y + 1 + hairOf(edge) && edge.y1 > y - hairOf(edge));
    return { touched: touchedRow(near, y, width), within: centreRow(edges, y + 0.5, width) };
  };
  return {
    inside(y) {
      const { touched, within } = rowAt(y);
      return subtract(within, touched);
    },
    covered(y) {
      const { touched, within } = rowAt(y);
      return union(within, touched);
    },
  };
}

/** Edges in pixels, pointing down (y0 <= y1). */
function polygonEdges(polygon: Polygon, width: number, height: number): Edge[] {
  return polygon.map(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    const [x0, y0] = [onBorder(ax * width), onBorder(ay * height)];
    const [x1, y1] = [onBorder(bx * width), onBorder(by * height)];
    return y0 <= y1 ? { x0, y0, x1, y1 } : { x0: x1, y0: y1, x1: x0, y1: y0 };
  });
}

function onBorder(px: number): number {
  const border = Math.round(px);
  return Math.abs(px - border) < borderPx ? border : px;
}

function hairOf({ x0, y0, x1, y1 }: Edge): number {
  return x0 === x1 || y0 === y1 ? 0 : hairPx;
}

function touchedRow(edges: readonly Edge[], y: number, width: number): Row {
  const spans = edges.flatMap((edge): [number, number][] => {
    const hair = hairOf(edge);
    const xa = xAt(edge, Math.max(y - hair, edge.y0));
    const xb = edge.y0 === edge.y1 ? edge.x1 : xAt(edge, Math.min(y + 1 + hair, edge.y1));
    const from = Math.max(0, Math.floor(Math.min(xa, xb) - hair));
    const to = Math.min(width, Math.ceil(Math.max(xa, xb) + hair));
    return from < to ? [[from, to]] : [];
  });
  return rowOf(spans);
}

function xAt(edge: Edge, y: number): number {
  if (y <= edge.y0) return edge.x0;
  if (y >= edge.y1) return edge.x1;
  return edge.x0 + ((y - edge.y0) * (edge.x1 - edge.x0)) / (edge.y1 - edge.y0);
}

/** Pixels whose centre is inside by the even-odd rule (half-open in y, so a vertex counts once). */
function centreRow(edges: readonly Edge[], yc: number, width: number): Row {
  const crossings = edges
    .filter((edge) => edge.y0 <= yc && yc < edge.y1)
    .map((edge) => xAt(edge, yc))
    .sort((a, b) => a - b);
  const spans: [number, number][] = [];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.max(0, Math.ceil((crossings[i] ?? 0) - 0.5));
    const to = Math.min(width, Math.ceil((crossings[i + 1] ?? 0) - 0.5));
    if (from < to) spans.push([from, to]);
  }
  return rowOf(spans);
}
