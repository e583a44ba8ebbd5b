import fc from "fast-check";
import { expect, test } from "vitest";
import {
  atRest,
  feel,
  pass,
  usualTimes,
  waitMs,
  type FingerEdge,
  type Gesture,
} from "../../../hal/gpio/gestures.ts";

/** Presses as [down at, up at]. */
type Press = readonly [number, number];

function edgesOf(presses: readonly Press[]): FingerEdge[] {
  return presses.flatMap(([downMs, upMs]) => [
    { active: true, monoMs: downMs },
    { active: false, monoMs: upMs },
  ]);
}

/** Fed at once, and asked for the last time long afterwards. */
function gesturesOf(edges: readonly FingerEdge[]): Gesture[] {
  let state = atRest;
  const told: Gesture[] = [];
  const take = (steps: readonly ReturnType<typeof pass>[]) => {
    for (const step of steps) {
      state = step.state;
      if (step.gesture !== null) told.push(step.gesture);
    }
  };
  for (const edge of edges) take(feel(state, edge, usualTimes));
  take([pass(state, Infinity, usualTimes)]);
  return told;
}

test.each<[string, Press[], string[]]>([
  ["a knock", [[0, 80]], ["single at 0"]],
  ["one that is held", [[0, 1_000]], ["long at 0"]],
  ["one that is held almost so long", [[0, 999]], ["single at 0"]],
  [
    "two knocks",
    [
      [0, 80],
      [300, 380],
    ],
    ["double at 0"],
  ],
  [
    "two that are just too far apart",
    [
      [0, 80],
      [480, 560],
    ],
    ["single at 0", "single at 480"],
  ],
  [
    "two that just belong together",
    [
      [0, 80],
      [479, 560],
    ],
    ["double at 0"],
  ],
  [
    "three knocks: two and one",
    [
      [0, 80],
      [200, 280],
      [400, 480],
    ],
    ["double at 0", "single at 400"],
  ],
  [
    "a knock, then held: it was the second",
    [
      [0, 80],
      [200, 5_000],
    ],
    ["double at 0"],
  ],
  [
    "held, then a knock",
    [
      [0, 2_000],
      [2_100, 2_200],
    ],
    ["long at 0", "single at 2100"],
  ],
])("%s", (_, presses, told) => {
  expect(gesturesOf(edgesOf(presses)).map(({ kind, monoMs }) => `${kind} at ${monoMs}`)).toEqual(told);
});

test("a long press is told while it is held, when its time has come and not before", () => {
  const [, { state } = { state: atRest }] = feel(atRest, { active: true, monoMs: 100 }, usualTimes);
  expect(waitMs(state, 600, usualTimes)).toBe(500);
  expect(pass(state, 1_099, usualTimes).gesture).toBeNull();
  const held = pass(state, 1_100, usualTimes);
  expect(held.gesture).toEqual({ kind: "long", monoMs: 100 });
  expect([waitMs(held.state, 1_100, usualTimes), pass(held.state, 9_999, usualTimes).gesture]).toEqual([
    null,
    null,
  ]);
});

test("an edge that is no news changes nothing", () => {
  const twice = edgesOf([
    [0, 80],
    [200, 280],
  ]).flatMap((edge) => [edge, edge]);
  expect(gesturesOf(twice)).toEqual(
    gesturesOf(
      edgesOf([
        [0, 80],
        [200, 280],
      ]),
    ),
  );
  expect(gesturesOf([{ active: false, monoMs: 0 }])).toEqual([]);
});

test("every press belongs to exactly one gesture, whenever somebody asks meanwhile", () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 3_000 })));
  fc.assert(
    fc.property(gaps, (steps) => {
      let atMs = 0;
      const presses = steps.map(([restMs, heldMs]): Press => {
        const downMs = atMs + restMs;
        atMs = downMs + heldMs;
        return [downMs, atMs];
      });
      const told = gesturesOf(edgesOf(presses));
      const counted = told.reduce((sum, { kind }) => sum + (kind === "double" ? 2 : 1), 0);
      expect(counted).toBe(presses.length);
      const begins = told.map(({ monoMs }) => monoMs);
      expect(begins).toEqual([...new Set(begins)].toSorted((a, b) => a - b));
    }),
  );
});
