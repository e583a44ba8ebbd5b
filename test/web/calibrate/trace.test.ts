/** The last minute: kept small, judged again, drawn as a line; how late heat is; how it looks. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { levelAsked } from "../../../daemon/sight/levels.ts";
import { heightOf, linesOf } from "../../../web/calibrate/heat/chart.ts";
import { colourOf, legendStops, paintOf } from "../../../web/calibrate/heat/colours.ts";
import { delaysOf, withPainted, type Painted } from "../../../web/calibrate/heat/delays.ts";
import { hasHeat, outlineOf } from "../../../web/calibrate/heat/paint.ts";
import {
  leastThatFires,
  scoreAt,
  traceMs,
  withSample,
  type Sample,
} from "../../../web/calibrate/heat/trace.ts";
import { contrast } from "../contrast.ts";
import { heat } from "./heat-units.ts";

const css = await readFile(new URL("../../../web/look/calibrate.css", import.meta.url), "utf8");

function sample(wallMs: number, ...most: number[]): Sample {
  return { wallMs, light: "bright", minute: 0, most: Uint8Array.from(most) };
}

test("a minute is kept, whatever comes, and a clock that steps back starts it anew", () => {
  let trace: Sample[] = [];
  for (let i = 0; i < 5_000; i += 1) trace = withSample(trace, sample(i * 10, 1));
  expect(trace.length).toBeLessThanOrEqual(3_600);
  trace = withSample(trace, sample(200_000, 1));
  expect(trace).toHaveLength(1);
  expect(withSample(withSample(trace, sample(200_000 + traceMs, 2)), sample(5, 3))).toEqual([sample(5, 3)]);
});

test("another sensitivity scores the same minute anew", () => {
  const walked = sample(0, levelAsked(50), levelAsked(90));
  const at = (...sensitivities: number[]) => scoreAt(walked, () => sensitivities.map(levelAsked));
  expect(at(50, 0)).toBe(100);
  expect(at(49, 0)).toBeLessThan(100);
  expect(at(0, 0)).toBe(0);
  expect(at(0, 95)).toBeGreaterThan(100);
});

test("the least sensitivity that would have fired is told per zone", () => {
  const trace = [sample(0, 0, levelAsked(80)), sample(1, 0, levelAsked(35))];
  expect(leastThatFires(trace, 1)).toBe(35);
  expect(leastThatFires(trace, 0)).toBeNull();
});

test("the threshold lies in the middle, and what is far beyond it is cut off at the edge", () => {
  const box = { width: 600, height: 104 };
  expect(heightOf(100, box)).toBe(52);
  expect(heightOf(900, box)).toBe(heightOf(200, box));
  expect(heightOf(0, box)).toBeGreaterThan(heightOf(1, box));
});

test("now is at the right, a silence is a hole, and of one pixel the highest stays", () => {
  const box = { width: 600, height: 104 };
  const scored = [
    { wallMs: 40_000, score: 10 },
    { wallMs: 40_010, score: 90 },
    { wallMs: 40_020, score: 20 },
    { wallMs: 60_000, score: 50 },
  ];
  const [first, second] = linesOf(scored, 60_000, box);
  expect(first).toEqual([{ x: 400, y: heightOf(90, box) }]);
  expect(second).toEqual([{ x: 600, y: heightOf(50, box) }]);
  expect(linesOf([{ wallMs: 0, score: 1 }], 100_000, box)).toEqual([]);
});

test("delays are those of the last ten seconds", () => {
  let painted: Painted[] = [];
  for (let i = 0; i <= 300; i += 1)
    painted = withPainted(painted, { delayMs: i < 200 ? 900 : 40, atMs: i * 100 });
  expect(delaysOf(painted, 30_000)).toEqual({ medianMs: 40, worstMs: 40, perSecond: 10 });
  expect(delaysOf(painted, 90_000)).toBeNull();
  expect(painted.length).toBeLessThanOrEqual(150);
});

test("hotter is more opaque, firing is another colour, and outside of zones nothing is coloured", () => {
  const opacities = [0, 50, 99, 100, 200].map((score) => colourOf(score).opacity);
  expect(opacities).toEqual(opacities.toSorted((a, b) => a - b));
  expect(colourOf(99).colour).not.toEqual(colourOf(100).colour);
  expect(colourOf(9_000)).toEqual(colourOf(200));
  expect(paintOf(0, 10)).toBeNull();
  expect(paintOf(100, 101)).toBe(paintOf(5, 101));
  expect(new Set(legendStops.map(({ colour }) => colour)).size).toBe(legendStops.length);
});

test("SEEN, NOT SEEN and no word can be read white on their grounds in the sun", () => {
  const grounds = ["seen", "unseen", "silent"].flatMap((sight) =>
    (new RegExp(`data-sight="${sight}"\\] \\{\\s*background: ([^;]*);`, "u").exec(css)?.[1] ?? "").match(
      /#[0-9a-f]{6}/gu,
    ),
  );
  expect(grounds).toHaveLength(4); // silent has stripes
  for (const ground of grounds) expect(contrast("#ffffff", ground ?? "")).toBeGreaterThanOrEqual(7);
});

test("the outline goes round neighbours together", () => {
  const fires = new Set([0, 1, 8]);
  const edges = outlineOf((cell) => fires.has(cell), { cols: 8, rows: 4 });
  expect(edges).toHaveLength(8);
  expect(edges).not.toContainEqual([1, 0, 1, 1]); // between the two
  expect(outlineOf(() => false, { cols: 8, rows: 4 })).toEqual([]);
});

test("heat that only stirs is heat", () => {
  expect(hasHeat(heat({}))).toBe(false);
  expect(hasHeat(heat({}, { stirring: Uint8Array.from([0, 0, 7]) }))).toBe(true);
});
