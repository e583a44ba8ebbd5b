/**
 * Every edge before debounce, while somebody listens: what a trace records and a self-test draws.
 */
import { expect, test } from "vitest";
import { gpioButton } from "../../../hal/gpio/button.ts";
import { openInput } from "../../../hal/gpio/input.ts";
import type { LineEdge } from "../../../hal/sensors.ts";
import { lineOn, openBench, pi5 } from "./rigs.ts";

const button = 17;

test("listening to bounces takes the debounce from the kernel, and gives it back", async () => {
  const bench = await openBench();
  await using input = await openInput(lineOn(bench, button));
  const debounceUs = (): number | null => bench.kernel.request(button).debounceUs;
  const stops = [input.onBounce(() => {}), input.onBounce(() => {})];
  expect([debounceUs(), input.kernelDebounce]).toEqual([null, false]);
  stops[0]?.();
  stops[0]?.();
  expect(debounceUs()).toBeNull();
  stops[1]?.();
  expect([debounceUs(), input.kernelDebounce]).toEqual([20_000, true]);
});

test("every bounce is told with the kernel's stamp; the press is one, stamped at its first edge", async () => {
  const bench = await openBench();
  await using driver = await gpioButton(lineOn(bench, button)).open();
  const bounces: LineEdge[] = [];
  const presses: unknown[] = [];
  driver.onBounce?.((edge) => bounces.push(edge));
  driver.onPress((press) => presses.push(press));
  const stampNs = bench.kernel.nowNs();
  for (const active of [true, false, true]) {
    await bench.kernel.edge(button, active);
    await bench.clock.advance(4);
  }
  await bench.clock.advance(20);
  expect(bounces.map(({ active, monoMs }) => [active, monoMs])).toEqual([
    [true, 1_000],
    [false, 1_004],
    [true, 1_008],
  ]);
  expect(bounces[0]?.kernelNs).toBe(stampNs);
  expect(presses).toEqual([{ monoMs: 1_000, wallMs: bench.clock.wallMs() - 32 }]);
});

test("a listener who leaves in the middle of a burst loses no press", async () => {
  const bench = await openBench();
  await using input = await openInput(lineOn(bench, button));
  const edges: LineEdge[] = [];
  input.onEdge((edge) => edges.push(edge));
  const stop = input.onBounce(() => {});
  await bench.kernel.edge(button, true);
  stop();
  expect(input.kernelDebounce).toBe(false);
  await bench.clock.advance(20);
  expect(edges.map(({ active, monoMs }) => [active, monoMs])).toEqual([[true, 1_000]]);
  expect(input.kernelDebounce).toBe(true);
});

test("a level that changed in the moment of turning is not lost", async () => {
  const bench = await openBench({ ...pi5, active: [button] });
  await using input = await openInput({ ...lineOn(bench, button) });
  bench.kernel.busy = true;
  bench.kernel.setLevel(button, false); // the kernel was still debouncing it: no event comes any more
  const levels: boolean[] = [];
  input.onEdge(({ active }) => levels.push(active));
  const stop = input.onBounce(() => {});
  await bench.clock.advance(20);
  expect(levels).toEqual([false]);
  stop();
});

test("a kernel that will not let go of its debounce tells what it lets through", async () => {
  const bench = await openBench();
  bench.kernel.configFails = "EINVAL";
  await using input = await openInput(lineOn(bench, button));
  const told: string[] = [];
  input.onBounce(({ active }) => told.push(`bounce ${active}`));
  input.onEdge(({ active }) => told.push(`edge ${active}`));
  await bench.kernel.edge(button, true);
  expect(told).toEqual(["bounce true", "edge true"]);
  expect(input.kernelDebounce).toBe(true);
});

test("after the line is lost, leaving changes nothing and fails nothing", async () => {
  const bench = await openBench();
  await using input = await openInput(lineOn(bench, button));
  const stop = input.onBounce(() => {});
  await bench.kernel.unplug(button);
  expect(stop).not.toThrow();
  expect(() => input.onBounce(() => {})()).not.toThrow();
});
