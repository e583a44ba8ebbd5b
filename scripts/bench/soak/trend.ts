/**
 * Trend: does a series of figures grow? Pure.
 */
const dayMs = 86_400_000;

export interface Point {
  readonly monoMs: number;
  readonly value: number;
}

/** Least squares, per day; NaN with fewer than two moments. */
export function slopePerDay(points: readonly Point[]): number {
  const x = mean(points.map(({ monoMs }) => monoMs / dayMs));
  const y = mean(points.map(({ value }) => value));
  let [top, bottom] = [0, 0];
  for (const { monoMs, value } of points) {
    top += (monoMs / dayMs - x) * (value - y);
    bottom += (monoMs / dayMs - x) ** 2;
  }
  return bottom === 0 ? Number.NaN : top / bottom;
}

/** What a day at the rate between the first and the last point would come to. */
export function perDay(points: readonly Point[]): number {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.monoMs === first.monoMs) return Number.NaN;
  return ((last.value - first.value) / (last.monoMs - first.monoMs)) * dayMs;
}

/** Without the first `warmUpMs`: caches fill, code is compiled. */
export function settled<T extends { readonly monoMs: number }>(points: readonly T[], warmUpMs: number): T[] {
  const fromMs = (points[0]?.monoMs ?? 0) + warmUpMs;
  return points.filter(({ monoMs }) => monoMs >= fromMs);
}

/** How much larger the usual value is in the last quarter than in the first; medians, so that one busy moment is none. */
export function growth(points: readonly Point[]): number {
  const quarter = Math.max(1, Math.floor(points.length / 4));
  const values = points.map(({ value }) => value);
  return middle(values.slice(-quarter)) - middle(values.slice(0, quarter));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
