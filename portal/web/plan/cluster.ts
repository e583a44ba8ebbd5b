/**
 * Cluster: requests that would lie on top of each other are drawn as one sign with their number. Pure.
 *
 * By the cells of a grid on the screen: the same places give the same signs, whatever their order. What is large
 * enough on the screen to be told apart (`apartPx`) is never put together.
 */
import type { Point } from "./projection.ts";

export interface Spot<T> {
  readonly at: Point;
  readonly radiusPx: number;
  readonly of: T;
}

export interface Cluster<T> {
  /** Middle of its spots. */
  readonly at: Point;
  readonly radiusPx: number;
  readonly of: readonly T[];
}

const cellPx = 40;
const apartPx = 14;

export function clustered<T>(spots: readonly Spot<T>[]): Cluster<T>[] {
  const cells = new Map<string, Spot<T>[]>();
  const alone: Cluster<T>[] = [];
  for (const spot of spots) {
    if (spot.radiusPx >= apartPx) {
      alone.push({ at: spot.at, radiusPx: spot.radiusPx, of: [spot.of] });
      continue;
    }
    const name = `${Math.floor(spot.at.x / cellPx)} ${Math.floor(spot.at.y / cellPx)}`;
    const cell = cells.get(name);
    if (cell === undefined) cells.set(name, [spot]);
    else cell.push(spot);
  }
  return [...alone, ...Array.from(cells.values(), together)];
}

function together<T>(spots: readonly Spot<T>[]): Cluster<T> {
  const sum = spots.reduce((all, { at }) => ({ x: all.x + at.x, y: all.y + at.y }), { x: 0, y: 0 });
  return {
    at: { x: sum.x / spots.length, y: sum.y / spots.length },
    radiusPx: spots.reduce((most, { radiusPx }) => Math.max(most, radiusPx), 0),
    of: spots.map(({ of }) => of),
  };
}
