/**
 * Softmax: one figure for each label of the file, for one region.
 *
 * What several of the file's labels say of one of ours is added up: car and truck are both vehicle.
 */
import type { Label } from "../labels.ts";
import { labelsByClass, type Manifest } from "../manifest.ts";
import { figuresOf, senseless, type Answer } from "./answer.ts";

export interface Said {
  readonly label: Label;
  readonly score: number;
}

/** The surest of our labels; null when nothing that the manifest maps got anything. */
export function decodeSoftmax(
  answer: Answer,
  logits: boolean,
  manifest: Pick<Manifest, "labels" | "map">,
): Said | null {
  const shares = sharesOf(figuresOf(answer, "main"), logits);
  const sums = new Map<Label, number>();
  for (const [at, label] of labelsByClass(manifest).entries()) {
    if (label !== null) sums.set(label, (sums.get(label) ?? 0) + (shares[at] ?? 0));
  }
  let best: Said | null = null;
  for (const [label, sum] of sums) if (sum > (best?.score ?? 0)) best = { label, score: Math.min(1, sum) };
  return best;
}

function sharesOf(data: Float32Array, logits: boolean): Float32Array {
  if (logits) {
    const most = Math.max(...data);
    const powers = data.map((logit) => Math.exp(logit - most));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  }
  const wrong = data.find((value) => value < -0.001 || value > 1.001);
  if (wrong !== undefined)
    throw senseless(
      `a score of ${wrong.toPrecision(4)}; without logits they are 0 to 1 (output.logits of the manifest)`,
    );
  return data;
}
