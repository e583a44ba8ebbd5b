import fc from "fast-check";
import { expect, test } from "vitest";
import { type Edge, bounce, settle, startDebounce, waitMs } from "../../../hal/gpio/debounce.ts";

const periodMs = 20;

/** Feeds edges; `late` feeds them all in one batch at the end, as a process that was busy does. */
function changesOf(edges: readonly Edge[], options: { late: boolean }): Edge[] {
  let state = startDebounce(false);
  const changes: Edge[] = [];
  const take = (step: ReturnType<typeof settle>): void => {
    state = step.state;
    if (step.change !== null) changes.push(step.change);
  };
  for (const [index, edge] of edges.entries()) {
    take(bounce(state, edge, periodMs));
    const nextMs = edges[index + 1]?.atMs ?? Infinity;
    const dueMs = edge.atMs + (waitMs(state, edge.atMs, periodMs) ?? 0);
    if (!options.late && dueMs <= nextMs) take(settle(state, dueMs, periodMs));
  }
  take(settle(state, (edges.at(-1)?.atMs ?? 0) + periodMs, periodMs));
  return changes;
}

/** An odd number of edges within `spanMs`, ending at the opposite level. */
function burst(active: boolean, atMs: number, gapsMs: readonly number[]): Edge[] {
  const edges = [{ active, atMs }];
  let timeMs = atMs;
  for (const [index, gapMs] of gapsMs.entries()) {
    timeMs += gapMs;
    edges.push({ active: index % 2 === 0 ? !active : active, atMs: timeMs });
  }
  return edges;
}

/** Up to nine edges within 1 to 20 ms, as contacts do. */
const bounces = fc
  .record({ spanMs: fc.double({ min: 1, max: 20, noNaN: true }), pairs: fc.nat(4) })
  .map(({ spanMs, pairs }) => Array.from({ length: pairs * 2 }, () => spanMs / Math.max(1, pairs * 2)));

const presses = fc.array(
  fc.record({
    restMs: fc.double({ min: periodMs + 1, max: 3_000, noNaN: true }),
    heldMs: fc.double({ min: periodMs + 1, max: 500, noNaN: true }),
    down: bounces,
    up: bounces,
  }),
  { minLength: 100, maxLength: 100 },
);

test.each([{ late: false }, { late: true }])(
  "10,000 bouncing presses are told once each, none lost, none doubled ($late)",
  ({ late }) => {
    let total = 0;
    fc.assert(
      fc.property(presses, (all) => {
        let nowMs = 0;
        const edges: Edge[] = [];
        const truth: Edge[] = [];
        const add = (active: boolean, afterMs: number, gaps: readonly number[]): void => {
          nowMs += afterMs;
          truth.push({ active, atMs: nowMs });
          edges.push(...burst(active, nowMs, gaps));
          nowMs = edges.at(-1)?.atMs ?? nowMs;
        };
        for (const press of all) {
          add(true, press.restMs, press.down);
          add(false, press.heldMs, press.up);
        }
        total += all.length;
        expect(changesOf(edges, { late })).toEqual(truth);
      }),
      { numRuns: 100 },
    );
    expect(total).toBe(10_000);
  },
);

test.each([
  ["a spike shorter than the period is no change", [0, 19], []],
  ["a level held for exactly the period is a change", [0, 20], [0, 20]],
  ["a chain of edges closer than the period ends where it ends", [0, 15, 30, 45, 60], [0]],
  ["no edge, no change", [], []],
])("%s", (_, timesMs, expectedMs) => {
  const edges = timesMs.map((atMs, index) => ({ active: index % 2 === 0, atMs }));
  expect(changesOf(edges, { late: false }).map((change) => change.atMs)).toEqual(expectedMs);
});

test("changes alternate and never outnumber edges, whatever the edges", () => {
  const anyEdges = fc.array(fc.record({ active: fc.boolean(), gapMs: fc.nat(60) })).map((steps) => {
    let atMs = 0;
    return steps.map(({ active, gapMs }) => ({ active, atMs: (atMs += gapMs) }));
  });
  fc.assert(
    fc.property(anyEdges, fc.boolean(), (edges, late) => {
      const changes = changesOf(edges, { late });
      expect(changes.length).toBeLessThanOrEqual(edges.length);
      expect(changes.every((change, index) => change.active === (index % 2 === 0))).toBe(true);
    }),
  );
});

test("edges read late give the same changes as edges read at once", () => {
  const anyTimes = fc.array(fc.nat(60)).map((gaps) => {
    let atMs = 0;
    return gaps.map((gapMs, index) => ({ active: index % 2 === 0, atMs: (atMs += gapMs) }));
  });
  fc.assert(
    fc.property(anyTimes, (edges) => {
      expect(changesOf(edges, { late: true })).toEqual(changesOf(edges, { late: false }));
    }),
  );
});

test("there is nothing to wait for until an edge came, and then the rest of the period", () => {
  const quiet = startDebounce(false);
  expect(waitMs(quiet, 5, periodMs)).toBeNull();
  const { state } = bounce(quiet, { active: true, atMs: 5 }, periodMs);
  expect(waitMs(state, 12, periodMs)).toBe(13);
  expect(waitMs(state, 99, periodMs)).toBe(0);
});
