/**
 * Answers: the smallest changes of one scheme's numbers, with the sensitivity of the whole among them.
 *
 * A zone without a number of its own follows the whole for nothing, so the whole is tried at every value,
 * nearest first, until moving it alone costs more than the best answer.
 */
import type { Effort } from "./effort.ts";
import { problemOf, type Marked } from "./marks.ts";
import { slotsOf, type Scheme } from "./scheme.ts";
import { costs, solve, type Answer, type Cost } from "./solve.ts";

export interface SchemeAnswer extends Answer {
  readonly scheme: Scheme;
  readonly whole: number;
}

export const anyCost: Cost = { numbers: Infinity, points: Infinity };

/** All that cost the least, and no more than `most`. */
export function answersIn(
  scheme: Scheme,
  marked: Marked,
  { effort, most = anyCost }: { readonly effort: Effort; readonly most?: Cost },
): SchemeAnswer[] {
  const problem = problemOf(marked, scheme);
  let best = most;
  let answers: SchemeAnswer[] = [];
  for (const whole of wholesOf(scheme)) {
    const moved = Math.abs(whole - scheme.whole);
    const base: Cost = { numbers: moved === 0 ? 0 : 1, points: moved };
    if (costs(base, best) > 0) break;
    const rest: Cost = { numbers: best.numbers - base.numbers, points: best.points - base.points };
    for (const answer of solve({ ...problem, slots: slotsOf(scheme, whole) }, effort, rest)) {
      const cost: Cost = {
        numbers: answer.numbers + base.numbers,
        points: answer.points + base.points,
      };
      if (costs(cost, best) < 0) answers = [];
      best = cost;
      answers.push({ ...cost, values: answer.values, scheme, whole });
    }
  }
  return answers;
}

/** Values of the whole, nearest to what it is first; only that where no zone follows it. */
function wholesOf({ drawn, whole }: Scheme): number[] {
  if (!drawn.zones.some(({ sensitivity }) => sensitivity === null)) return [whole];
  return Array.from({ length: 101 }, (_, value) => value).toSorted(
    (a, b) => Math.abs(a - whole) - Math.abs(b - whole),
  );
}
