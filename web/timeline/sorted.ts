/**
 * Sorted: looking something up in a list that is in the order of its times, oldest first. Pure.
 */
interface Started {
  readonly startWallMs: number;
}

/** How many begin before this time: the place of the first that does not. */
export function placeOf(list: readonly Started[], timeMs: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.startWallMs ?? Infinity) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last that has begun by this time. */
export function lastBy<T extends Started>(list: readonly T[], timeMs: number): T | null {
  return list[placeOf(list, timeMs + 1) - 1] ?? null;
}

/** Those that begin within [from, to). */
export function between<T extends Started>(list: readonly T[], fromMs: number, toMs: number): readonly T[] {
  return list.slice(placeOf(list, fromMs), placeOf(list, toMs));
}
