/**
 * Plan: which process dies at which call. `few` for every test run, the long one for the rig.
 *
 * Numbers grow by a quarter each, so that the start (where files are opened and mended) is cut closely and the long
 * run widely. The eye removes no file, and the courier keeps none.
 */
import type { ProcessName } from "../daemon.ts";
import type { CallName } from "./injection.ts";
import type { Kill } from "./kills.ts";

const shares: readonly (readonly [ProcessName, CallName, number])[] = [
  ["keeper", "fsync", 40],
  ["keeper", "write", 30],
  ["keeper", "rename", 25],
  ["keeper", "unlink", 15],
  ["eye", "fsync", 30],
  ["eye", "write", 25],
  ["eye", "rename", 23],
  ["courier", "write", 12],
];

/** 1, 2, 3 ... growing faster and faster. */
function numbersOf(count: number, first = 1): number[] {
  const numbers: number[] = [];
  for (let number = first; numbers.length < count; number = Math.max(number + 1, Math.round(number * 1.1)))
    numbers.push(number);
  return numbers;
}

/** In turn, so that a rig that is stopped early has cut everywhere. `most` of them. */
export function killPlan(most = Infinity): Kill[] {
  const lists = shares.map(([process, call, count]) =>
    numbersOf(count).map((number): Kill => ({ process, call, number })),
  );
  const longest = Math.max(...lists.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
  return inTurn.slice(0, most);
}

/** Ten that cut where it hurts: the first life, while files are made, and a recording in the middle. */
export const fewKills: readonly Kill[] = [
  { process: "keeper", call: "fsync", number: 2 },
  { process: "eye", call: "rename", number: 3 },
  { process: "keeper", call: "rename", number: 2 },
  { process: "eye", call: "fsync", number: 4 },
  { process: "keeper", call: "write", number: 40 },
  { process: "eye", call: "write", number: 60 },
  { process: "keeper", call: "fsync", number: 9 },
  { process: "eye", call: "fsync", number: 8 },
  { process: "keeper", call: "unlink", number: 1 },
  { process: "courier", call: "write", number: 8 },
];
