import { afterEach, expect, test, vi } from "vitest";
import { Child } from "../../daemon/child.ts";
import { systemClock } from "../../hal/clock.ts";
import type { Clock } from "../../hal/sensors.ts";
import { SimClock } from "../../hal/sim/clock.ts";

interface Told {
  readonly exits: string[];
  readonly messages: unknown[];
  readonly hopeless: number[];
}

let running: Child | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
});

interface Plan {
  readonly clock?: Clock;
  readonly keepTrying?: boolean;
}

function startChild(script: string, plan: Plan = {}): { child: Child; told: Told } {
  const told: Told = { exits: [], messages: [], hopeless: [] };
  const child = new Child({
    name: "test",
    args: ["-e", script],
    env: process.env,
    clock: plan.clock ?? systemClock,
    onMessage: (message) => told.messages.push(message),
    onExit: (line) => told.exits.push(line),
    onHopeless: plan.keepTrying === true ? null : (code) => told.hopeless.push(code),
  });
  running = child;
  child.start();
  return { child, told };
}

test("a process killed by SIGKILL is started again", async () => {
  const { child, told } = startChild("process.send(process.pid); setInterval(() => {}, 1000)");
  await vi.waitFor(() => expect(told.messages).toHaveLength(1), 30_000);
  process.kill(child.pid ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(told.messages).toHaveLength(2), 30_000);
  expect(told.exits).toEqual([expect.stringContaining("SIGKILL")]);
  expect(told.messages[0]).not.toBe(told.messages[1]);
});

test("one that fails at every start is given up with its exit code", async () => {
  const { told } = startChild("process.exit(7)");
  await vi.waitFor(() => expect(told.hopeless).toEqual([7]), 30_000);
  expect(told.exits).toHaveLength(2);
});

test("one that takes long to fail, as on a busy machine, is given up all the same", async () => {
  const clock = new SimClock();
  const slow = "process.on('SIGUSR2', () => process.exit(7)); process.send(1); setInterval(() => {}, 1000)";
  const { child, told } = startChild(slow, { clock });
  for (let start = 1; start <= 3; start += 1) {
    await vi.waitFor(() => expect(told.messages).toHaveLength(start), 30_000);
    await clock.advance(6_000);
    process.kill(child.pid ?? 0, "SIGUSR2");
    await vi.waitFor(() => expect(told.exits.length + told.hopeless.length).toBe(start), 30_000);
    await clock.advance(200);
  }
  expect(told.hopeless).toEqual([7]);
});

test("one that has worked is never given up", async () => {
  const { child, told } = startChild("process.exit(7)");
  child.worked();
  await vi.waitFor(() => expect(told.exits.length).toBeGreaterThan(3), 30_000);
  expect(told.hopeless).toEqual([]);
});

test("one that nobody gives up is tried for ever, twice as long apart each time, up to 5 s", async () => {
  const clock = new SimClock();
  const { told } = startChild("process.exit(7)", { clock, keepTrying: true });
  const waitsMs = [200, 400, 800, 1_600, 3_200, 5_000, 5_000];
  for (const [failures, waitMs] of waitsMs.entries()) {
    await vi.waitFor(() => expect(told.exits).toHaveLength(failures + 1), 30_000);
    expect(told.exits.at(-1)).toBe(`test ended (exit 7); it starts again in ${waitMs} ms`);
    await clock.advance(waitMs);
  }
});

test("one that does not listen to SIGTERM is killed after eight seconds", async () => {
  const clock = new SimClock();
  const deaf =
    "process.on('SIGTERM', () => process.send('no')); process.send(1); setInterval(() => {}, 1000)";
  const { child, told } = startChild(deaf, { clock });
  await vi.waitFor(() => expect(told.messages).toEqual([1]), 30_000);
  const stopped = child.stop();
  await vi.waitFor(() => expect(told.messages).toEqual([1, "no"]), 30_000);
  await clock.advance(7_999);
  expect(child.pid).toBeDefined();
  await clock.advance(1);
  await stopped;
  expect([child.pid, told.exits]).toEqual([undefined, []]);
});

test("a retired one that ends is not started again", async () => {
  const { child, told } = startChild("process.send(1); setInterval(() => {}, 1000)");
  await vi.waitFor(() => expect(told.messages).toHaveLength(1), 30_000);
  child.retire();
  process.kill(child.pid ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(child.pid).toBeUndefined(), 30_000);
  await child.stop();
  expect([told.messages, told.exits]).toEqual([[1], []]);
});

test("stop ends it and it stays ended", async () => {
  const { child, told } = startChild("process.send(1); setInterval(() => {}, 1000)");
  await vi.waitFor(() => expect(told.messages).toHaveLength(1), 30_000);
  await child.stop();
  expect([child.pid, told.exits]).toEqual([undefined, []]);
});
