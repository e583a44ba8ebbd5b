/**
 * Search: the smallest change that does what the marks ask.
 *
 * "Smallest", in this order: no rule is added; fewest numbers are set (an added rule is one); the least
 * sum of their distances to what they were (an added rule's from the number that it takes the place of);
 * fewest unmarked events are lost; an added rule that holds for less.
 */
import { answersIn, anyCost, type SchemeAnswer } from "./answers.ts";
import { conditionsFor, width } from "./conditions.ts";
import type { Effort } from "./effort.ts";
import type { Evidence } from "./evidence.ts";
import { fires, type Marked } from "./marks.ts";
import { schemeOf, slotsOf, type Condition, type Scheme } from "./scheme.ts";
import { costs, type Cost } from "./solve.ts";
import { largestSilent } from "./trade.ts";
import type { Zones } from "../../wire/api-household.ts";

export interface SearchInput {
  readonly drawn: Zones;
  /** The sensitivity of the whole, as it is in force. */
  readonly whole: number;
  readonly marked: Marked;
  /** Unmarked events that fire as it is. */
  readonly others: readonly Evidence[];
  /** Shared by all that is searched for one proposal. */
  readonly effort: Effort;
}

export const mostRules = 16;

/** Null: nothing does all of it. */
export function smallestChange(input: SearchInput): SchemeAnswer | null {
  const { drawn, whole, marked } = input;
  const plain = answersIn(schemeOf(drawn, whole, null), marked, input);
  if (plain.length > 0) return least(plain, input);
  return least(answersWithRule(input, [marked]), input);
}

/** Keeps every good event and silences as many false alarms as can be; null: not one. */
export function bestTrade(input: SearchInput): SchemeAnswer | null {
  const { drawn, whole, marked } = input;
  const plain = schemeOf(drawn, whole, null);
  const without = largestSilent(marked, plain, input);
  const count = without[0]?.length ?? 0;
  const withRule = mayAddRule(drawn) ? largestWithRule(input, count + 1) : [];
  if (withRule.length > 0) return least(answersWithRule(input, withRule), input);
  const answers = without.flatMap((silence) => answersIn(plain, { ...marked, silence }, input));
  const best = lowest(answers);
  return least(
    answers.filter((answer) => costs(answer, best) === 0),
    input,
  );
}

function mayAddRule(drawn: Zones): boolean {
  return drawn.rules.length < mostRules;
}

/** What can be silent together with some added rule, when that is at least so many. */
function largestWithRule({ drawn, whole, marked, effort }: SearchInput, atLeast: number): Marked[] {
  let [most, found]: [number, Marked[]] = [atLeast, []];
  for (const [condition] of conditionsFor(drawn, marked)) {
    if (condition === undefined) continue;
    for (const silence of largestSilent(marked, schemeOf(drawn, whole, condition), {
      effort,
      atLeast: most,
    })) {
      if (silence.length > most) found = [];
      most = silence.length;
      found.push({ ...marked, silence });
    }
  }
  return found;
}

/** The cheapest of all rules that could be added, each with everything that holds for the same marks. */
function answersWithRule(
  { drawn, whole, marked, effort }: SearchInput,
  wanted: readonly Marked[],
): SchemeAnswer[] {
  if (!mayAddRule(drawn)) return [];
  let best: Cost = anyCost;
  let answers: { answer: SchemeAnswer; alike: readonly Condition[] }[] = [];
  for (const alike of conditionsFor(drawn, marked)) {
    const [condition] = alike;
    if (condition === undefined) continue;
    const scheme = schemeOf(drawn, whole, condition);
    for (const answer of wanted.flatMap((each) => answersIn(scheme, each, { effort, most: best }))) {
      if (costs(answer, best) > 0) continue;
      if (costs(answer, best) < 0) answers = [];
      best = { numbers: answer.numbers, points: answer.points };
      answers.push({ answer, alike });
    }
  }
  return answers.flatMap(({ answer, alike }) =>
    alike.map((condition) => ({ ...answer, scheme: schemeOf(drawn, whole, condition) })),
  );
}

function lowest(answers: readonly SchemeAnswer[]): Cost {
  return answers.reduce<Cost>((best, answer) => (costs(answer, best) < 0 ? answer : best), anyCost);
}

/** Among answers of one cost. */
function least(answers: readonly SchemeAnswer[], { others }: SearchInput): SchemeAnswer | null {
  const [only] = answers;
  if (answers.length <= 1) return only ?? null;
  const rated = answers.map((answer) => ({
    answer,
    lost: lostBy(answer, others),
    width: answer.scheme.added === null ? 0 : width(answer.scheme.added),
  }));
  const [best] = rated.toSorted((a, b) => a.lost - b.lost || a.width - b.width);
  return best?.answer ?? null;
}

function lostBy({ scheme, whole, values }: SchemeAnswer, others: readonly Evidence[]): number {
  const slots = slotsOf(scheme, whole);
  return others.filter((evidence) => !fires(evidence, scheme, { slots, values })).length;
}

/** As it is. */
export function firesNow(evidence: Evidence, scheme: Scheme): boolean {
  const slots = slotsOf(scheme, scheme.whole);
  return fires(evidence, scheme, { slots, values: slots.map(() => null) });
}
