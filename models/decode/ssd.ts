/**
 * SSD and other heads that end in lists: boxes, a score and a class for each, overlaps sorted out already.
 *
 * TensorFlow's exports give top, left, bottom, right in fractions and how many of the boxes count; torchvision's
 * give left, top, right, bottom in pixels, as does RT-DETR's final form.
 */
import type { Corners } from "../input/placement.ts";
import { figuresOf, senseless, tensorOf, type Answer } from "./answer.ts";
import type { Candidates } from "./candidates.ts";

type ToCorners = (a: number, b: number, c: number, d: number) => Corners;

export function decodeLists(
  answer: Answer,
  firstClass: number,
  toCorners: ToCorners,
  into: Candidates,
): void {
  const boxes = figuresOf(answer, "boxes");
  const scores = figuresOf(answer, "scores");
  const classes = tensorOf(answer, "classes").data;
  const length = boxes.length / 4;
  if (scores.length !== length || classes.length !== length)
    throw senseless(`${length} boxes, ${scores.length} scores and ${classes.length} classes`);
  const count = answer.count === undefined ? length : Number(answer.count.data[0] ?? 0);
  if (!(count >= 0 && count <= length)) throw senseless(`a count of ${count} for ${length} boxes`);
  for (let box = 0; box < count; box += 1) {
    const score = scores[box] ?? 0;
    if (score < into.least) continue;
    const [a = 0, b = 0, c = 0, d = 0] = boxes.subarray(4 * box, 4 * box + 4);
    const label = Number(classes[box]) - firstClass;
    // Class 0 of those who count from 1 is their background.
    if (label >= 0) into.add(label, score, toCorners(a, b, c, d));
  }
}
