/**
 * Paint: heat on a canvas that lies over the picture.
 *
 * Canvas pixels are `cellPx` a cell and stretched over the picture. Few cells are warm at a time, so
 * each is one rectangle; a picture without heat after one without heat is not painted at all.
 */
import type { HeatUnit } from "../../../daemon/wire/heat.ts";
import { paintOf } from "./colours.ts";

export const cellPx = 14;

/** Edges of the cells that fire, each as [x0, y0, x1, y1] in cells; inner edges left out. */
export function outlineOf(
  fires: (cell: number) => boolean,
  { cols, rows }: Pick<HeatUnit, "cols" | "rows">,
): [number, number, number, number][] {
  const at = (col: number, row: number): boolean =>
    col >= 0 && row >= 0 && col < cols && row < rows && fires(row * cols + col);
  const edges: [number, number, number, number][] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      if (!at(col, row)) continue;
      if (!at(col, row - 1)) edges.push([col, row, col + 1, row]);
      if (!at(col, row + 1)) edges.push([col, row + 1, col + 1, row + 1]);
      if (!at(col - 1, row)) edges.push([col, row, col, row + 1]);
      if (!at(col + 1, row)) edges.push([col + 1, row, col + 1, row + 1]);
    }
  }
  return edges;
}

export function hasHeat({ levels, stirring }: HeatUnit): boolean {
  return levels.some((level) => level > 0) || stirring.some((level) => level > 0);
}

/** `asks` per cell (judge.ts). */
export function paintHeat(canvas: HTMLCanvasElement, unit: HeatUnit, asks: Uint8Array): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { cols, rows, levels, stirring } = unit;
  if (canvas.width !== cols * cellPx) canvas.width = cols * cellPx;
  if (canvas.height !== rows * cellPx) canvas.height = rows * cellPx;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let k = 0; k < cols * rows; k += 1) {
    const [x, y] = [(k % cols) * cellPx, Math.floor(k / cols) * cellPx];
    const proven = levels[k] ?? 0;
    const colour = paintOf(Math.max(proven, stirring[k] ?? 0), asks[k] ?? 0);
    if (colour === null) continue;
    context.fillStyle = colour;
    // what has not proved itself is a small square: it never fires by itself
    if (proven > 0) context.fillRect(x, y, cellPx, cellPx);
    else context.fillRect(x + cellPx * 0.32, y + cellPx * 0.32, cellPx * 0.36, cellPx * 0.36);
  }
  paintOutline(
    context,
    outlineOf((k) => (levels[k] ?? 0) >= (asks[k] ?? 0), unit),
  );
}

function paintOutline(
  context: CanvasRenderingContext2D,
  edges: readonly (readonly [number, number, number, number])[],
): void {
  if (edges.length === 0) return;
  context.beginPath();
  for (const [x0, y0, x1, y1] of edges) {
    context.moveTo(x0 * cellPx, y0 * cellPx);
    context.lineTo(x1 * cellPx, y1 * cellPx);
  }
  context.lineCap = "square";
  context.strokeStyle = "rgb(10 12 13 / 85%)";
  context.lineWidth = 5;
  context.stroke();
  context.strokeStyle = "#fff";
  context.lineWidth = 2;
  context.stroke();
}

export function clearHeat(canvas: HTMLCanvasElement): void {
  canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
}
