/**
 * YOLOv8 and its like (v9, v11): columns of centre and size and a score for each label, without objectness.
 *
 * "columns" is 1 x (4 + labels) x boxes: all x, then all y ... "rows" is the same turned, box by box. "end-to-end" (v10,
 * exports with nms=True) is 1 x boxes x 6: corners, score, class, overlaps sorted out already; unused rows score 0.
 */
import type { Corners } from "../input/placement.ts";
import { figuresOf, type Answer } from "./answer.ts";
import { around, type Candidates } from "./candidates.ts";
import { surest } from "./objectness.ts";
import type { Scale } from "./scale.ts";

export function decodeColumns(
  answer: Answer,
  count: number,
  { x: sx, y: sy }: Scale,
  into: Candidates,
): void {
  const data = figuresOf(answer, "main");
  const boxes = data.length / (4 + count);
  const figure = (row: number, box: number): number => data[row * boxes + box] ?? 0;
  const best = new Int32Array(boxes);
  const scores = data.slice(4 * boxes, 5 * boxes);
  for (let label = 1; label < count; label += 1) {
    const row = (4 + label) * boxes;
    for (let box = 0; box < boxes; box += 1) {
      const score = data[row + box] as number;
      if (score > (scores[box] as number)) {
        scores[box] = score;
        best[box] = label;
      }
    }
  }
  for (let box = 0; box < boxes; box += 1) {
    const score = scores[box] as number;
    if (score < into.least) continue;
    const corners = around(
      figure(0, box) * sx,
      figure(1, box) * sy,
      figure(2, box) * sx,
      figure(3, box) * sy,
    );
    into.add(best[box] as number, score, corners);
  }
}

export function decodeRows(answer: Answer, count: number, { x: sx, y: sy }: Scale, into: Candidates): void {
  const data = figuresOf(answer, "main");
  for (let at = 0; at < data.length; at += 4 + count) {
    const best = surest(data, at + 4, count);
    const score = data[at + 4 + best] ?? 0;
    if (score < into.least) continue;
    const [x = 0, y = 0, w = 0, h = 0] = data.subarray(at, at + 4);
    into.add(best, score, around(x * sx, y * sy, w * sx, h * sy));
  }
}

export function decodeEndToEnd(answer: Answer, { x: sx, y: sy }: Scale, into: Candidates): void {
  const data = figuresOf(answer, "main");
  for (let at = 0; at < data.length; at += 6) {
    const [left = 0, top = 0, right = 0, bottom = 0, score = 0, label = 0] = data.subarray(at, at + 6);
    const corners: Corners = [left * sx, top * sy, right * sx, bottom * sy];
    into.add(label, score, corners);
  }
}
