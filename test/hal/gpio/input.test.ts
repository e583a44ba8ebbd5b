import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Fault } from "../../../hal/fault.ts";
import { gpioButton } from "../../../hal/gpio/button.ts";
import { openInput } from "../../../hal/gpio/input.ts";
import { gpioPir } from "../../../hal/gpio/pir.ts";
import { lineOn, openBench, pi5 } from "./rigs.ts";
import { lineEvent } from "./simulated-kernel.ts";

const button = 17;

test("asks the kernel for both edges, its debounce, and a pull to the inactive level", async () => {
  const bench = await openBench();
  await using high = await openInput(lineOn(bench, button));
  await using low = await openInput({ ...lineOn(bench, 27), activeLow: true });
  const [input, edges, up, down, activeLow] = [4n, 16n + 32n, 256n, 512n, 2n];
  expect(bench.kernel.request(button)).toEqual({
    offset: button,
    consumer: "sill",
    flags: input + edges + down,
    debounceUs: 20_000,
    outputValue: null,
  });
  expect(bench.kernel.request(27).flags).toBe(input + edges + up + activeLow);
  expect([high.kernelDebounce, low.kernelDebounce]).toEqual([true, true]);
});

test("0 ms of debounce leaves the attribute out", async () => {
  const bench = await openBench();
  await using _ = await openInput({ ...lineOn(bench, button), debounceMs: 0 });
  expect(bench.kernel.request(button).debounceUs).toBeNull();
});

test.each(["EINVAL", "EOPNOTSUPP", "Unknown system error -524"])(
  "debounces itself where the kernel refuses with %s: bounces give one press",
  async (code) => {
    const bench = await openBench({ ...pi5, refusesDebounce: code });
    await using input = await openInput(lineOn(bench, button));
    const edges: string[] = [];
    input.onEdge(({ active, monoMs }) => edges.push(`${active} at ${monoMs}`));
    for (const active of [true, false, true, false, true]) {
      await bench.kernel.edge(button, active);
      await bench.clock.advance(4);
    }
    await bench.clock.advance(15);
    expect(edges).toEqual([]); // the last edge is 19 ms ago
    await bench.clock.advance(1);
    expect(input.kernelDebounce).toBe(false);
    expect(edges).toEqual(["true at 1000"]);
  },
);

test("an edge that is still unread when the debounce ends counts all the same", async () => {
  const bench = await openBench({ ...pi5, refusesDebounce: "EINVAL" });
  await using input = await openInput(lineOn(bench, button));
  let edges = 0;
  input.onEdge(() => (edges += 1));
  await bench.kernel.edge(button, true);
  bench.kernel.busy = true;
  bench.clock.after(19, () => bench.kernel.queueEdge(button, false));
  await bench.clock.advance(60);
  expect(edges).toBe(0);
});

test("the kernel's stamp is told in the Clock's time, however late it is read", async () => {
  const bench = await openBench();
  await using driver = await gpioButton(lineOn(bench, button)).open();
  const presses: unknown[] = [];
  driver.onPress((press) => presses.push(press));
  await bench.kernel.edge(button, true, 250);
  const wallMs = bench.clock.wallMs();
  expect(presses).toEqual([{ monoMs: 750, wallMs: wallMs - 250 }]);
  bench.clock.stepWall(3_600_000);
  await bench.kernel.edge(button, true, 250);
  expect(presses[1]).toEqual({ monoMs: 750, wallMs: wallMs + 3_600_000 - 250 });
});

test("a stamp from the future is taken as now", async () => {
  const bench = await openBench();
  await using driver = await gpioButton(lineOn(bench, button)).open();
  const timesMs: number[] = [];
  driver.onPress(({ monoMs }) => timesMs.push(monoMs));
  await bench.kernel.edge(button, true, -5_000);
  expect(timesMs).toEqual([1_000]);
});

test("hundreds of edges that waited are all told, in order", async () => {
  const bench = await openBench();
  await using input = await openInput(lineOn(bench, button));
  const levels: boolean[] = [];
  input.onEdge(({ active }) => levels.push(active));
  for (let edge = 0; edge < 1_000; edge++) bench.kernel.queueEdge(button, edge % 2 === 0);
  await bench.kernel.allRead(button);
  expect(levels).toEqual(Array.from({ length: 1_000 }, (_, edge) => edge % 2 === 0));
  expect(input.counters).toEqual({ edges: 1_000, missed: 0 });
});

test("edges that the kernel's full queue lost are counted, also across the counter's end", async () => {
  const bench = await openBench();
  await using driver = await gpioButton(lineOn(bench, button)).open();
  await bench.kernel.edge(button, true);
  bench.kernel.overrun(button, 7);
  await bench.kernel.edge(button, false);
  expect(driver.counters).toEqual({ edges: 2, missed: 7 });
  bench.kernel.overrun(button, 0xffffffff - 9 - 1);
  await bench.kernel.edge(button, true);
  await bench.kernel.edge(button, false);
  expect(driver.counters.missed).toBe(7 + 0xffffffff - 9 - 1);
});

test("a PIR that is active at the opening says so, and tells no edge that is no news", async () => {
  const bench = await openBench({ ...pi5, active: [27] });
  await using pir = await gpioPir(lineOn(bench, 27)).open();
  const edges: boolean[] = [];
  pir.onEdge(({ active }) => edges.push(active));
  expect(pir.active).toBe(true);
  for (const active of [true, false, false, true]) await bench.kernel.edge(27, active);
  expect(edges).toEqual([false, true]);
});

test("a button that is held at the opening gives no press until it is pressed anew", async () => {
  const bench = await openBench({ ...pi5, active: [button], refusesDebounce: "EINVAL" });
  await using driver = await gpioButton(lineOn(bench, button)).open();
  let presses = 0;
  driver.onPress(() => (presses += 1));
  for (const active of [false, true]) {
    await bench.kernel.edge(button, active);
    await bench.clock.advance(20);
    expect(presses).toBe(active ? 1 : 0);
  }
});

test("what is not a whole event is a loss, not a crash", async () => {
  const bench = await openBench();
  await using input = await openInput(lineOn(bench, button));
  const losses: Error[] = [];
  input.onLost((fault) => losses.push(fault));
  bench.kernel.feed(button, lineEvent(1n, true, 1).subarray(0, 30));
  await bench.kernel.allRead(button);
  expect(losses.map((fault) => (fault as Fault).kind)).toEqual(["corrupt"]);
});

test("closing from inside a handler stops the edges that were read with it", async () => {
  const bench = await openBench();
  const input = await openInput(lineOn(bench, button));
  let edges = 0;
  input.onEdge(() => {
    edges += 1;
    void input[Symbol.asyncDispose]();
  });
  for (let edge = 0; edge < 200; edge++) bench.kernel.queueEdge(button, edge % 2 === 0);
  await bench.kernel.allRead(button);
  expect(edges).toBe(1);
});

test("a chip that goes without a word is noticed within 5 s, told once, and let go", async () => {
  const bench = await openBench();
  await using driver = await gpioButton(lineOn(bench, button)).open();
  const losses: Error[] = [];
  driver.onLost((fault) => losses.push(fault));
  await bench.clock.advance(60_000);
  bench.kernel.unplugSilently();
  await bench.clock.advance(5_000);
  expect(losses.map((fault) => (fault as Fault).kind)).toEqual(["not-found"]);
  expect(losses[0]?.message).toContain("gpio pinctrl-rp1 17 was taken away");
  expect(bench.kernel.openDescriptors).toBe(0);
  await bench.clock.advance(60_000);
  expect(losses.length).toBe(1);
});

test("a closed input looks at its line no more", async () => {
  const bench = await openBench();
  const input = await openInput(lineOn(bench, button));
  await input[Symbol.asyncDispose]();
  bench.kernel.valueFails = "EIO";
  const losses: Error[] = [];
  input.onLost((fault) => losses.push(fault));
  await bench.clock.advance(60_000);
  expect(losses).toEqual([]);
});

test("no descriptor stays open: after closing, after a loss, after an opening that failed", async () => {
  const before = readdirSync("/proc/self/fd").length;
  for (let round = 0; round < 20; round++) {
    const bench = await openBench();
    const input = await openInput(lineOn(bench, button));
    await expect(openInput(lineOn(bench, button))).rejects.toThrow("in use");
    if (round % 2 === 0) await bench.kernel.unplug(button);
    await input[Symbol.asyncDispose]();
    expect(bench.kernel.openDescriptors).toBe(0);
  }
  expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before + 1);
});

test("a line that cannot be read after it was taken is given back", async () => {
  const bench = await openBench();
  bench.kernel.valueFails = "EIO";
  await expect(openInput(lineOn(bench, button))).rejects.toMatchObject({ kind: "unavailable" });
  expect(bench.kernel.openDescriptors).toBe(0);
});
