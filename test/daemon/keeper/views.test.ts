import { expect, test } from "vitest";
import type { Happened } from "../../../daemon/keeper/history.ts";
import { Views } from "../../../daemon/keeper/views.ts";
import { Fault } from "../../../hal/fault.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const ada = { id: "person-0001", name: "Ada" };
const bob = { id: "person-0002", name: "Bob" };
const minuteMs = 60_000;

function desk() {
  const clock = new SimClock();
  const told: string[] = [];
  const full = { now: false };
  const append = async ({ who, what, about }: Happened): Promise<void> => {
    if (full.now) throw new Fault("exhausted", "the disk is full");
    told.push([who, what, about?.clip].filter((word) => word !== undefined).join(" "));
  };
  return { clock, told, full, views: new Views({ clock, append }) };
}

test("a viewing session is told once, however often its connection breaks", async () => {
  const { clock, told, views } = desk();
  const leave = await views.live(ada);
  const second = await views.live(ada);
  leave();
  second();
  await clock.advance(9 * minuteMs);
  (await views.live(ada))();
  expect(told).toEqual(["Ada live-view"]);
  await clock.advance(11 * minuteMs);
  await views.live(ada);
  await views.live(bob);
  expect(told).toEqual(["Ada live-view", "Ada live-view", "Bob live-view"]);
});

test("a session that lasts for days is told every day", async () => {
  const { clock, told, views } = desk();
  await views.live(ada);
  await clock.advance(25 * 60 * minuteMs);
  await views.live(ada);
  expect(told).toHaveLength(2);
});

test("a recording is told once for each person in twelve hours", async () => {
  const { clock, told, views } = desk();
  await Promise.all([views.clip(ada, "clip-1"), views.clip(ada, "clip-1"), views.clip(bob, "clip-1")]);
  await views.clip(ada, "clip-2");
  await clock.advance(11 * 60 * minuteMs);
  await views.clip(ada, "clip-1");
  await clock.advance(61 * minuteMs);
  await views.clip(ada, "clip-1");
  expect(told).toEqual([
    "Ada clip-view clip-1",
    "Bob clip-view clip-1",
    "Ada clip-view clip-2",
    "Ada clip-view clip-1",
  ]);
});

test("what cannot be told is refused, and told when it can be", async () => {
  const { told, full, views } = desk();
  full.now = true;
  await expect(views.live(ada)).rejects.toThrow("full");
  await expect(views.clip(ada, "clip-1")).rejects.toThrow("full");
  full.now = false;
  await views.live(ada);
  await views.clip(ada, "clip-1");
  expect(told).toEqual(["Ada live-view", "Ada clip-view clip-1"]);
});
