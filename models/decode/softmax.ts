/**
 * Softmax: one figure for each label of the file, for one region.
 *
 * What several of the file's labels say of one of ours is added up: car and truck are both vehicle. What is nothing to us (not in
 * the map) is "other".
 */
import { labels, type Label } from "../labels.ts";
import { labelsByClass, type Manifest } from "../manifest.ts";
import { figuresOf, senseless, type Answer } from "./answer.ts";

export interface Said {
  readonly label: Label;
  readonly score: number;
  /** Of all our labels, in their order. */
  readonly shares: readonly number[];
}

/** The surest of our labels, however unsure; null when the file says 0 of everything. */
export function decodeSoftmax(
  answer: Answer,
  logits: boolean,
  manifest: Pick<Manifest, "labels" | "map">,
): Said | null {
  const ofClasses = sharesOf(figuresOf(answer, "main"), logits);
  const shares = labels.map(() => 0);
  for (const [at, label] of labelsByClass(manifest).entries()) {
    const ours = labels.indexOf(label ?? "other");
    shares[ours] = Math.min(1, (shares[ours] ?? 0) + (ofClasses[at] ?? 0));
  }
  const score = Math.max(...shares);
  const label = labels[shares.indexOf(score)];
  return score > 0 && label !== undefined ? { label, score, shares } : null;
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
