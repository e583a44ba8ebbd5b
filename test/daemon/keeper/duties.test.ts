import { expect, test } from "vitest";
import { keeperDuties } from "../../../daemon/keeper/duties.ts";
import { WriteQueue } from "../../../daemon/keeper/store/write-queue.ts";
import { Fault } from "../../../hal/fault.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const change = { type: "clip-thumbnail", clip: "clip-0001", bytes: 1 } as const;

function kept(commit: () => Promise<void>) {
  const clock = new SimClock();
  const queue = new WriteQueue({ clock, commit, onCommitted() {}, onFault() {} });
  const duties = keeperDuties({ store: { queue }, url: "http://127.0.0.1:8460", eye: () => true });
  return { clock, queue, duties };
}

test("a keeper whose disk answers is alive, and so is one with nothing to write", async () => {
  const { clock, queue, duties } = kept(async () => {});
  expect(duties.trouble()).toBe(null);
  queue.push(change);
  await clock.advance(300_000);
  expect(duties.trouble()).toBe(null);
  expect(duties.status()).toBe("the page is on http://127.0.0.1:8460; the eye is there");
});

test("a full disk is told and no reason to be restarted", async () => {
  const { clock, queue, duties } = kept(async () => {
    throw new Fault("exhausted", "no room");
  });
  queue.push(change);
  await clock.advance(300_000);
  expect(duties.trouble()).toBe(null);
  expect(duties.status()).toMatch(/; the store cannot write: no room$/u);
});

test("a disk that gives no answer at all is, after a minute", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, queue, duties } = kept(() => promise);
  queue.push(change);
  await clock.advance(59_000);
  expect(duties.trouble()).toBe(null);
  await clock.advance(2_000);
  expect(duties.trouble()).toBe("the disk has not answered for 61 s");
  resolve();
  await queue.settled();
  expect(duties.trouble()).toBe(null);
});
