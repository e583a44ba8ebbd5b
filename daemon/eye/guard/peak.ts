/**
 * Peak: the displacement that stands out of a map, and by how much.
 *
 * Each entry is the mean agreement of the points that count there. A mean of few points scatters
 * more, so entries are first weighed by the root of their number: what is left is chance of one size
 * everywhere, and `clear` is a number of standard deviations.
 */
import { fullAgreement } from "./agreement.ts";
import { mapSide } from "./compare.ts";
import { tuning } from "./tuning.ts";

export interface Peak {
  /** Displacement of the scene in sketch pixels, finer than a pixel. */
  readonly dx: number;
  readonly dy: number;
  /** Height over the rest of the map, in the rest's standard deviations. */
  readonly clear: number;
  /** The same for the best displacement of at most a pixel. */
  readonly clearHere: number;
}

/** Displacements this near the peak belong to it. */
export const shoulderPx = 2;
const { reachPx } = tuning;
const scores = new Float32Array(mapSide * mapSide);

export function peakOf(sums: Int32Array, shown: Int32Array): Peak {
  weigh(sums, shown);
  let best = 0;
  for (let i = 1; i < scores.length; i += 1) {
    if ((scores[i] as number) > (scores[best] as number)) best = i;
  }
  const [col, row] = [best % mapSide, Math.floor(best / mapSide)];
  let [count, sum, squares] = [0, 0, 0];
  for (let y = 0, i = 0; y < mapSide; y += 1) {
    const nearRow = Math.abs(y - row) <= shoulderPx;
    for (let x = 0; x < mapSide; x += 1, i += 1) {
      if (nearRow && Math.abs(x - col) <= shoulderPx) continue;
      const score = scores[i] as number;
      count += 1;
      sum += score;
      squares += score * score;
    }
  }
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(leastSpread, squares / count - mean * mean));
  return {
    dx: col - reachPx + between(best, { step: 1, at: col }),
    dy: row - reachPx + between(best, { step: mapSide, at: row }),
    clear: ((scores[best] as number) - mean) / spread,
    clearHere: (heightHere() - mean) / spread,
  };
}

/** Of a blank picture: nothing stands out of it. */
const leastSpread = 1e-6;

function weigh(sums: Int32Array, shown: Int32Array): void {
  let [sum, count, most] = [0, 0, 1];
  for (let i = 0; i < sums.length; i += 1) {
    const points = shown[i] as number;
    sum += sums[i] as number;
    count += points;
    if (points > most) most = points;
  }
  const mean = sum / Math.max(1, count);
  for (let i = 0; i < sums.length; i += 1) {
    const points = shown[i] as number;
    scores[i] =
      points === 0 ? 0 : ((sums[i] as number) / points - mean) * Math.sqrt(points / most) * perPoint;
  }
}

const perPoint = 1 / fullAgreement;

function heightHere(): number {
  const middle = reachPx * mapSide + reachPx;
  let here = Number.NEGATIVE_INFINITY;
  for (const step of [-mapSide, 0, mapSide]) {
    for (let i = middle + step - 1; i <= middle + step + 1; i += 1) here = Math.max(here, scores[i] ?? 0);
  }
  return here;
}

/** Top of the parabola through the peak and its two neighbours, -0.5..0.5. */
function between(best: number, { step, at }: { step: number; at: number }): number {
  if (at === 0 || at === mapSide - 1) return 0;
  const [before, top, after] = [scores[best - step] ?? 0, scores[best] ?? 0, scores[best + step] ?? 0];
  const bend = before - 2 * top + after;
  return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
