import { expect, test } from "vitest";
import type { Happened } from "../../../daemon/keeper/history.ts";
import { Views } from "../../../daemon/keeper/views.ts";
import { Fault } from "../../../hal/fault.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const ada = { id: "person-0001", name: "Ada" };
const bob = { id: "person-0002", name: "Bob" };
const minuteMs = 60_000;
const stay = (): void => {};

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
  const leave = await views.live(ada, stay);
  const second = await views.live(ada, stay);
  leave();
  second();
  await clock.advance(9 * minuteMs);
  (await views.live(ada, stay))();
  expect(told).toEqual(["Ada live-view"]);
  await clock.advance(11 * minuteMs);
  await views.live(ada, stay);
  await views.live(bob, stay);
  expect(told).toEqual(["Ada live-view", "Ada live-view", "Bob live-view"]);
});

test("a session that lasts for days is told every day, whether or not it connects anew", async () => {
  const { clock, told, views } = desk();
  const leave = await views.live(ada, stay);
  await clock.advance(25 * 60 * minuteMs);
  expect(told).toHaveLength(2);
  (await views.live(ada, stay))();
  expect(told).toHaveLength(2);
  await clock.advance(24 * 60 * minuteMs);
  expect(told).toHaveLength(3);
  leave();
  await clock.advance(100 * 60 * minuteMs);
  expect(told).toHaveLength(3);
});

test("a session that cannot be told any more is ended, all of its connections", async () => {
  const { clock, told, full, views } = desk();
  const ended: string[] = [];
  const leave = await views.live(ada, () => ended.push("first"));
  await views.live(ada, () => ended.push("second"));
  leave();
  await views.live(ada, () => ended.push("third"));
  full.now = true;
  await clock.advance(24 * 60 * minuteMs);
  expect(ended).toEqual(["second", "third"]);
  full.now = false;
  await views.live(ada, stay);
  expect(told).toEqual(["Ada live-view", "Ada live-view"]);
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
  await expect(views.live(ada, stay)).rejects.toThrow("full");
  await expect(views.clip(ada, "clip-1")).rejects.toThrow("full");
  full.now = false;
  await views.live(ada, stay);
  await views.clip(ada, "clip-1");
  expect(told).toEqual(["Ada live-view", "Ada clip-view clip-1"]);
});
