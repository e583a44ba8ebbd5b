/**
 * Fragments: cuts the units of a clip into runs of whole GOPs, each at most maxUs long.
 *
 * A run is cut before the keyframe whose GOP would no longer fit (judged by the GOP before it).
 * A camera slower than promised makes long GOPs: then a run is cut between two frames, because
 * the bound on what a power cut can lose is worth more than a fragment that starts on a keyframe.
 */
import type { EncodedUnit } from "../../../hal/encoder.ts";

export interface Run {
  readonly units: readonly EncodedUnit[];
  /** Time of the unit that follows, where one does. */
  readonly nextPtsUs: number | undefined;
}

export class FragmentCutter {
  readonly #maxUs: number;
  #units: EncodedUnit[] = [];
  #gopStartUs = 0;

  constructor(maxUs: number) {
    this.#maxUs = maxUs;
  }

  /** The run that this unit completes, if any; the unit itself begins the next one. */
  push(unit: EncodedUnit): Run | null {
    const run = this.#mustCutBefore(unit) ? this.#cut(unit.ptsUs) : null;
    if (unit.keyframe) this.#gopStartUs = unit.ptsUs;
    this.#units.push(unit);
    return run;
  }

  /** What is left, at the end of a clip. */
  finish(): Run | null {
    return this.#units.length === 0 ? null : this.#cut(undefined);
  }

  #mustCutBefore(unit: EncodedUnit): boolean {
    const first = this.#units[0];
    if (first === undefined) return false;
    const lengthUs = unit.ptsUs - first.ptsUs;
    if (lengthUs + unit.durationUs > this.#maxUs) return true;
    const lastGopUs = unit.ptsUs - this.#gopStartUs;
    return unit.keyframe && lengthUs + lastGopUs > this.#maxUs;
  }

  #cut(nextPtsUs: number | undefined): Run {
    const run = { units: this.#units, nextPtsUs };
    this.#units = [];
    return run;
  }
}
