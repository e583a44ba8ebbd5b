import { expect, test } from "vitest";
import { chance } from "../../../../hal/sim/porch/math.ts";
import { unexplained, windowReach, windowsOf } from "../../../../daemon/sight/what/windows.ts";

const size = { cols: 19, rows: 13 };
const count = size.cols * size.rows;

/** Floor, and on the later picture a thing in the middle. */
function lumaOf(seed: number, thing: boolean): Float32Array {
  return Float32Array.from({ length: count }, (_, k) => {
    const [col, row] = [k % size.cols, Math.floor(k / size.cols)];
    const isThing = thing && Math.abs(col - 9) < 3 && Math.abs(row - 6) < 2;
    return isThing ? 200 : 40 + 60 * chance(1, k) + 5 * chance(seed, k);
  });
}

/** As it is written in a book, window by window. */
function byHand(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const varA = mean(a.map((value) => (value - meanA) ** 2));
  const varB = mean(b.map((value) => (value - meanB) ** 2));
  const shared = Math.max(0, mean(a.map((value, i) => (value - meanA) * ((b[i] ?? 0) - meanB))));
  const r2 = varA * varB > 0 ? shared ** 2 / (varA * varB) : 0;
  return Math.sqrt(Math.max(varA, varB) * (1 - Math.min(1, r2)));
}

test("what the light does not explain, as by hand; nothing at the border and beside what is hidden", () => {
  for (const [gain, hidden] of [
    [1, -1],
    [0.7, -1],
    [1.6, 5 * size.cols + 8],
  ] as const) {
    const [before, now] = [lumaOf(2, false), lumaOf(3, true)];
    const visible = new Uint8Array(count).fill(1);
    if (hidden >= 0) visible[hidden] = 0;
    const rest = unexplained(windowsOf({ ...size, luma: before, visible }), now, gain);
    const expected = Array.from(rest, (_, k) => {
      const [col, row] = [k % size.cols, Math.floor(k / size.cols)];
      const at = [];
      for (let y = row - windowReach; y <= row + windowReach; y += 1)
        for (let x = col - windowReach; x <= col + windowReach; x += 1)
          if (x >= 0 && y >= 0 && x < size.cols && y < size.rows) at.push(y * size.cols + x);
      if (at.length < 25 || at.some((one) => visible[one] === 0)) return 0;
      return byHand(
        at.map((one) => gain * (before[one] ?? 0)),
        at.map((one) => now[one] ?? 0),
      );
    });
    expect(Math.max(...rest)).toBeGreaterThan(9);
    for (const [k, levels] of rest.entries()) expect(levels).toBeCloseTo(expected[k] ?? Number.NaN, 2);
  }
});
