/**
 * RT-DETR and its like (DETR, D-FINE): for each query a box in fractions, centre and size, and a logit for each label.
 *
 * RT-DETR takes a sigmoid of each logit; DETR a softmax over all, of which the last means "nothing". One label
 * for a query, the surest.
 */
import { figuresOf, type Answer } from "./answer.ts";
import { around, type Candidates } from "./candidates.ts";
import { surest } from "./objectness.ts";
import type { Scale } from "./scale.ts";

export interface QueriesHead {
  /** Of labels. */
  readonly count: number;
  readonly activation: "sigmoid" | "softmax";
  readonly scale: Scale;
}

export function decodeQueries(
  answer: Answer,
  { count, activation, scale }: QueriesHead,
  into: Candidates,
): void {
  const boxes = figuresOf(answer, "boxes");
  const logits = figuresOf(answer, "scores");
  const row = activation === "softmax" ? count + 1 : count;
  for (let query = 0; query < boxes.length / 4; query += 1) {
    const first = query * row;
    const best = surest(logits, first, count);
    const logit = logits[first + best] ?? 0;
    const score =
      activation === "sigmoid"
        ? 1 / (1 + Math.exp(-logit))
        : share(logits.subarray(first, first + row), logit);
    if (score < into.least) continue;
    const [x = 0, y = 0, w = 0, h = 0] = boxes.subarray(4 * query, 4 * query + 4);
    into.add(best, score, around(x * scale.x, y * scale.y, w * scale.x, h * scale.y));
  }
}

/** Of one logit in the softmax over all. */
export function share(logits: Float32Array, logit: number): number {
  let sum = 0;
  for (const other of logits) sum += Math.exp(other - logit);
  return 1 / sum;
}
