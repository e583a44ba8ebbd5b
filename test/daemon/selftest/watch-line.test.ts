import { expect, test } from "vitest";
import { PirPast, watchLine, type LineMove } from "../../../daemon/selftest/watch-line.ts";
import { maxEdges } from "../../../daemon/wire/examine.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { Subscribers } from "../../../hal/subscribers.ts";

interface Changes {
  readonly bounces?: boolean;
  readonly settleMs?: number | null;
  readonly forMs?: number;
}

function start({ bounces = true, settleMs = 700, forMs = 10_000 }: Changes = {}) {
  const clock = new SimClock();
  const moves = new Subscribers<LineMove>();
  const giveUp = new AbortController();
  let watchers = 0;
  const line = {
    name: "a line",
    active: false,
    bounces,
    watch: (handler: (move: LineMove) => void) => {
      watchers += 1;
      const off = moves.on(handler);
      return () => {
        watchers -= 1;
        off();
      };
    },
  };
  const over = watchLine(line, { clock, forMs, signal: giveUp.signal, settleMs });
  const move = (what: LineMove["what"], active: boolean): void =>
    moves.tell({ what, active, monoMs: clock.monoMs() });
  return { clock, over, move, giveUp, watchers: () => watchers };
}

test("a press and its bounce are one report, which ends when it has settled", async () => {
  const { clock, over, move, watchers } = start();
  await clock.advance(2_000);
  for (const active of [true, false, true]) {
    move("bounce", active);
    await clock.advance(1);
  }
  move("edge", true);
  await clock.advance(300);
  move("bounce", false);
  await clock.advance(400);
  expect(await over).toEqual({
    name: "a line",
    active: false,
    raw: true,
    presses: 1,
    missed: 0,
    watchedMs: 2_703,
    edges: [
      { atMs: 0, active: true },
      { atMs: 1, active: false },
      { atMs: 2, active: true },
      { atMs: 303, active: false },
    ],
  });
  expect(watchers()).toBe(0);
});

test("a line that nobody touches is watched to the end", async () => {
  const { clock, over } = start({ forMs: 5_000 });
  await clock.advance(5_000);
  expect(await over).toMatchObject({ presses: 0, edges: [], watchedMs: 5_000 });
});

test("a driver without bounces tells its edges", async () => {
  const { clock, over, move } = start({ bounces: false, settleMs: null, forMs: 100 });
  move("edge", true);
  await clock.advance(50);
  move("edge", false);
  await clock.advance(50);
  expect(await over).toMatchObject({
    raw: false,
    presses: 1,
    edges: [{ active: true }, { atMs: 50, active: false }],
  });
});

test("a line that never rests is cut, and the rest counted", async () => {
  const { clock, over, move } = start({ settleMs: null, forMs: 100 });
  for (let i = 0; i < maxEdges + 7; i += 1) move("bounce", i % 2 === 0);
  await clock.advance(100);
  expect(await over).toMatchObject({ missed: 7, edges: { length: maxEdges } });
});

test("who gives up gets what was felt", async () => {
  const { over, move, giveUp } = start();
  move("bounce", true);
  giveUp.abort();
  expect(await over).toMatchObject({ edges: [{ active: true }], watchedMs: 0 });
});

test("what a motion sensor has done is summed up, also while it is active", () => {
  const past = new PirPast(1_000, false);
  past.edge(true, 2_000);
  past.edge(true, 2_500); // no edge
  past.edge(false, 4_000);
  past.edge(true, 9_000);
  expect(past.at(10_000)).toEqual({ openMs: 9_000, activeMs: 3_000, rises: 2 });
  expect(new PirPast(0, true).at(500)).toEqual({ openMs: 500, activeMs: 500, rises: 0 });
});
