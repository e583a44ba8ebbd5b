import { expect, test } from "vitest";
import { DiskQueue } from "../../../../daemon/eye/record/disk-queue.ts";
import { Fault, toFault } from "../../../../hal/fault.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";

function openQueue(maxBytes = 1_000, retry = true) {
  const clock = new SimClock();
  const wanted: number[] = [];
  const queue = new DiskQueue({ clock, maxBytes, retry, onFull: (bytes) => wanted.push(bytes) });
  const done: number[] = [];
  const job = (id: number, bytes = 1, fail: () => Fault | null = () => null) => ({
    bytes,
    run: async () => {
      const fault = fail();
      if (fault !== null) throw fault;
      done.push(id);
    },
  });
  return { clock, wanted, queue, done, job };
}
const full = () => new Fault("exhausted", "no space left");

test("jobs run one after the other, in order", async () => {
  const { queue, done, job } = openQueue();
  for (const id of [1, 2, 3]) queue.push(job(id));
  await queue.idle();
  expect(done).toEqual([1, 2, 3]);
});

test("a full disk is told and the same job is tried again when room was made", async () => {
  const { queue, done, wanted, job, clock } = openQueue();
  let free = false;
  queue.push(job(1, 500, () => (free ? null : full())));
  queue.push(job(2));
  await clock.advance(0);
  expect([wanted, done]).toEqual([[500], []]);
  free = true;
  queue.roomMade();
  await queue.idle();
  expect([done, queue.dropped]).toEqual([[1, 2], 0]);
});

test("without an answer a full disk is tried again every second", async () => {
  const { queue, wanted, job, clock } = openQueue();
  queue.push(job(1, 7, full));
  await clock.advance(3_500);
  expect(wanted).toEqual([7, 7, 7, 7]);
});

test("any other failure drops that job only, counts it and keeps its words", async () => {
  const { queue, done, job } = openQueue();
  queue.push(job(1, 1, () => new Fault("unavailable", "input/output error")));
  queue.push(job(2));
  await queue.idle();
  expect([done, queue.dropped, queue.lastError?.message]).toEqual([[2], 1, "input/output error"]);
});

test("a disk that says EIO is asked once more, with a new file, and not for ever", async () => {
  const { queue, done, job } = openQueue();
  const broken = () => toFault(Object.assign(new Error("i/o error"), { code: "EIO" }));
  const faults = [broken(), null, broken(), broken(), null];
  queue.push(job(1, 1, () => faults.shift() ?? null));
  queue.push(job(2, 1, () => faults.shift() ?? null));
  await queue.idle();
  expect([done, queue.dropped, faults.length]).toEqual([[1], 1, 1]);
});

test("more than the bound waiting drops the oldest waiting job", async () => {
  const { queue, done, job, clock } = openQueue(100);
  let free = false;
  queue.push(job(0, 1, () => (free ? null : full())));
  await clock.advance(0);
  for (const id of [1, 2, 3]) queue.push(job(id, 60));
  expect([queue.dropped, queue.waitingBytes]).toEqual([2, 60]);
  free = true;
  queue.roomMade();
  await queue.idle();
  expect(done).toEqual([0, 3]);
});

test("where nobody makes room a full disk is a failure like any other", async () => {
  const { queue, job } = openQueue(100, false);
  queue.push(job(1, 1, full));
  await queue.idle();
  expect([queue.dropped, queue.lastError?.kind]).toEqual([1, "exhausted"]);
});

test("a job without bytes (a clip's folder, its end) is never the one that is dropped", async () => {
  const { queue, done, job, clock } = openQueue(100);
  let free = false;
  queue.push(job(0, 1, () => (free ? null : full())));
  await clock.advance(0);
  queue.push(job(1, 0));
  for (const id of [2, 3, 4]) queue.push(job(id, 60));
  queue.push(job(5, 0));
  expect([queue.dropped, queue.waitingBytes]).toEqual([2, 60]);
  free = true;
  queue.roomMade();
  await queue.idle();
  expect(done).toEqual([0, 1, 4, 5]);
});

test("jobs without bytes are bounded too", async () => {
  const { queue, job, clock } = openQueue();
  queue.push(job(0, 1, full));
  await clock.advance(0);
  for (let id = 1; id <= 20_000; id += 1) queue.push(job(id, 0));
  expect(queue.dropped).toBe(10_000);
});

test("no descriptors left is waited for, but no clip is deleted for it", async () => {
  const { queue, wanted, done, job, clock } = openQueue();
  let tries = 0;
  const cause = Object.assign(new Error("too many open files"), { code: "EMFILE" });
  queue.push(job(1, 7, () => ((tries += 1) < 3 ? toFault(cause, "cannot write") : null)));
  await clock.advance(2_500);
  expect([done, wanted]).toEqual([[1], []]);
});
