import { expect, test } from "vitest";
import { Rings } from "../../../daemon/eye/rings.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

function openRings(keepMs = 6_000) {
  const clock = new SimClock();
  const rings = new Rings(clock, keepMs);
  const handed = (taken = true): string[] => {
    const events: string[] = [];
    rings.hand((event) => (events.push(event), taken));
    return events;
  };
  return { clock, rings, handed };
}

test("a ring waits until it is taken, and is taken once", () => {
  const { rings, handed } = openRings();
  rings.add("ring-0001");
  expect([handed(false), handed(), handed()]).toEqual([["ring-0001"], ["ring-0001"], []]);
});

test("a ring that is over is not recorded any more", async () => {
  const { rings, handed, clock } = openRings(6_000);
  rings.add("ring-0001");
  await clock.advance(5_999);
  rings.add("ring-0002");
  await clock.advance(1);
  expect(handed()).toEqual(["ring-0002"]);
});

test("the same ring said twice is one, and no more than sixteen wait", () => {
  const { rings, handed } = openRings();
  for (let n = 0; n < 40; n += 1) rings.add(`ring-${n >> 1}`);
  expect(handed()).toEqual(Array.from({ length: 16 }, (_, n) => `ring-${n + 4}`));
});
