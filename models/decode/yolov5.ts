/**
 * YOLOv5 (and v7 in the same form): rows of centre and size, decoded by the file itself, objectness and labels.
 *
 * As its export gives it ("output", 1 x boxes x 85 for COCO); some tools give fractions of the input.
 */
import { figuresOf, type Answer } from "./answer.ts";
import { around, type Candidates } from "./candidates.ts";
import { rowsWithObjectness } from "./objectness.ts";
import type { Scale } from "./scale.ts";

export function decodeYolov5(answer: Answer, count: number, { x: sx, y: sy }: Scale, into: Candidates): void {
  const data = figuresOf(answer, "main");
  rowsWithObjectness(data, { first: 0, rows: data.length / (5 + count), count, into }, (x, y, w, h) =>
    around(x * sx, y * sy, w * sx, h * sy),
  );
}
