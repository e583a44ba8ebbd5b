/**
 * Compare: are the outcomes that come out of the edges now those that were recorded?
 *
 * Both lists are of one line and in order of time. At the end of a trace an outcome may have become
 * certain that the recorder had no time to hear of: the last one may be missing there.
 */
import type { Outcome } from "./judge.ts";

export interface Difference {
  readonly line: string;
  readonly atNs: number;
  /** What was recorded and what comes out now; null = nothing. */
  readonly recorded: "active" | "inactive" | null;
  readonly replayed: "active" | "inactive" | null;
}

type Told = Pick<Outcome, "line" | "active" | "atNs">;

/** How far from the end the recorder may have heard nothing. */
const undecidedNs = 1e9;

export function differences(
  recorded: readonly Told[],
  replayed: readonly Outcome[],
  lastNs: number,
): Difference[] {
  const found: Difference[] = [];
  let [r, p] = [0, 0];
  for (;;) {
    const [was, is] = [recorded[r], replayed[p]];
    if (was === undefined && is === undefined) return found;
    if (was !== undefined && is !== undefined && was.atNs === is.atNs) {
      if (was.active !== is.active) found.push(differenceOf(was, is));
      r += 1;
      p += 1;
    } else if (is === undefined || (was !== undefined && was.atNs < is.atNs)) {
      if (was !== undefined) found.push(differenceOf(was, null));
      r += 1;
    } else {
      const undecided = was === undefined && is.certainNs > lastNs - undecidedNs;
      if (!undecided) found.push(differenceOf(null, is));
      p += 1;
    }
  }
}

function differenceOf(was: Told | null, is: Told | null): Difference {
  const word = (told: Told | null) => (told === null ? null : told.active ? "active" : "inactive");
  const { line, atNs } = was ?? is ?? { line: "", atNs: 0 };
  return { line, atNs, recorded: word(was), replayed: word(is) };
}
