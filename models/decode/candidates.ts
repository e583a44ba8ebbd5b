/**
 * Candidates: boxes that are sure enough, with our labels, before overlaps are sorted out.
 *
 * Drops classes that the manifest does not map and scores below the threshold of our label. Bounded: of a model
 * that sees something everywhere the best thousand are kept.
 */
import type { Corners } from "../input/placement.ts";
import type { Label } from "../labels.ts";
import { labelsByClass, thresholdOf, type Manifest } from "../manifest.ts";
import { senseless } from "./answer.ts";

export interface Candidate {
  readonly label: Label;
  readonly score: number;
  /** In pixels of the input. */
  readonly corners: Corners;
}

const most = 1000;
/** What rounding may add to a score of 1. */
const beyondOne = 1.001;

export class Candidates {
  /** No class needs less: what scores lower need not be looked at. */
  readonly least: number;
  readonly #labels: readonly (Label | null)[];
  readonly #thresholds: readonly number[];
  #kept: Candidate[] = [];

  constructor(manifest: Pick<Manifest, "labels" | "map" | "thresholds">) {
    this.#labels = labelsByClass(manifest);
    this.#thresholds = this.#labels.map((label) =>
      label === null ? Number.POSITIVE_INFINITY : thresholdOf(manifest, label),
    );
    this.least = Math.min(...this.#thresholds);
  }

  /** A box of the file's class number `at`. */
  add(at: number, score: number, corners: Corners): void {
    if (score < this.least) return;
    if (score > beyondOne)
      throw senseless(
        `a score of ${score.toPrecision(4)}; scores are 0 to 1 (is the file's last sigmoid missing?)`,
      );
    const label = this.#labels[at];
    if (label === undefined) throw senseless(`class ${at}; the manifest has ${this.#labels.length} labels`);
    if (label === null || score < (this.#thresholds[at] ?? 1)) return;
    const [left, top, right, bottom] = corners;
    if (!Number.isFinite(left + top + right + bottom)) throw senseless("a box without end");
    if (right <= left || bottom <= top) return;
    this.#kept.push({ label, score: Math.min(1, score), corners });
    if (this.#kept.length >= 2 * most) this.#kept = this.best();
  }

  /** The surest first. */
  best(): Candidate[] {
    return this.#kept.sort((a, b) => b.score - a.score).slice(0, most);
  }
}

/** From centre and size. */
export function around(x: number, y: number, w: number, h: number): Corners {
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
}
