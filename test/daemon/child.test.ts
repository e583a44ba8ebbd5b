import { afterEach, expect, test, vi } from "vitest";
import { Child } from "../../daemon/child.ts";
import { systemClock } from "../../hal/clock.ts";

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

function startChild(script: string): { child: Child; told: Told } {
  const told: Told = { exits: [], messages: [], hopeless: [] };
  const child = new Child({
    name: "test",
    args: ["-e", script],
    env: process.env,
    clock: systemClock,
    onMessage: (message) => told.messages.push(message),
    onExit: (line) => told.exits.push(line),
    onHopeless: (code) => told.hopeless.push(code),
  });
  running = child;
  child.start();
  return { child, told };
}

test("a process killed by SIGKILL is started again", async () => {
  const { child, told } = startChild("process.send(process.pid); setInterval(() => {}, 1000)");
  await vi.waitFor(() => expect(told.messages).toHaveLength(1), 5_000);
  process.kill(child.pid ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(told.messages).toHaveLength(2), 5_000);
  expect(told.exits).toEqual([expect.stringContaining("SIGKILL")]);
  expect(told.messages[0]).not.toBe(told.messages[1]);
});

test("one that fails at every start is given up with its exit code", async () => {
  const { told } = startChild("process.exit(7)");
  await vi.waitFor(() => expect(told.hopeless).toEqual([7]), 8_000);
  expect(told.exits).toHaveLength(2);
});

test("stop ends it and it stays ended", async () => {
  const { child, told } = startChild("process.send(1); setInterval(() => {}, 1000)");
  await vi.waitFor(() => expect(told.messages).toHaveLength(1), 5_000);
  await child.stop();
  expect([child.pid, told.exits]).toEqual([undefined, []]);
});
