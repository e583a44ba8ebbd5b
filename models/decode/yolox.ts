/**
 * YOLOX: for each cell of each stride a box relative to the cell, an objectness and a score for each label.
 *
 * x and y are in cells from the cell's corner, w and h are logarithms of cells (Ge et al., "YOLOX: Exceeding YOLO
 * Series in 2021", and the demo of its repository); score = objectness * label. Cells lie row by row, smallest
 * stride first. An export that decoded its boxes itself gives centre and size in pixels.
 */
import type { Heads } from "../check-outputs.ts";
import { figuresOf, type Answer } from "./answer.ts";
import { around, type Candidates } from "./candidates.ts";
import { rowsWithObjectness } from "./objectness.ts";

export function decodeYolox(answer: Answer, { input, strides, count }: YoloxHead, into: Candidates): void {
  const data = figuresOf(answer, "main");
  const row = 5 + count;
  if (strides === null)
    return rowsWithObjectness(data, { first: 0, rows: data.length / row, count, into }, around);
  let first = 0;
  for (const stride of strides) {
    const columns = Math.floor(input.width / stride);
    const rows = columns * Math.floor(input.height / stride);
    rowsWithObjectness(data, { first, rows, count, into }, (x, y, w, h, cell) =>
      around(
        (x + (cell % columns)) * stride,
        (y + Math.floor(cell / columns)) * stride,
        Math.exp(w) * stride,
        Math.exp(h) * stride,
      ),
    );
    first += rows;
  }
}

export interface YoloxHead {
  readonly input: Heads["input"];
  /** null: boxes are decoded. */
  readonly strides: readonly number[] | null;
  /** Of labels. */
  readonly count: number;
}
