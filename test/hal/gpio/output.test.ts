import { expect, test } from "vitest";
import { gpioChime } from "../../../hal/gpio/chime.ts";
import { gpioLight } from "../../../hal/gpio/light.ts";
import { lineOn, openBench } from "./rigs.ts";

test("an output is inactive from the moment it is taken, active-low too", async () => {
  const bench = await openBench();
  await using chime = await gpioChime({ ...lineOn(bench, 22), activeLow: true, soundMs: 600 }).open();
  expect(chime.name).toBe("gpio pinctrl-rp1 22");
  expect(bench.kernel.request(22)).toMatchObject({ flags: 8n + 2n, debounceUs: null, outputValue: 0n });
});

test("a chime whose line fails in mid-sound rejects, and can be closed", async () => {
  const bench = await openBench();
  await using chime = await gpioChime({ ...lineOn(bench, 22), soundMs: 600 }).open();
  const sound = expect(chime.sound()).rejects.toMatchObject({ kind: "not-found" });
  bench.kernel.gone = true;
  await bench.clock.advance(600);
  await sound;
});

test("a light asked for the same state keeps its rhythm", async () => {
  const bench = await openBench();
  await using light = await gpioLight(lineOn(bench, 23)).open();
  await light.show("live");
  for (let second = 0; second < 9; second++) {
    await bench.clock.advance(300);
    await light.show("live");
  }
  const startMs = bench.kernel.written[0]?.atMs ?? 0;
  expect(bench.kernel.written.map(({ atMs }) => atMs - startMs)).toEqual([
    0, 500, 1_000, 1_500, 2_000, 2_500,
  ]);
});

test("a light that fails while it blinks says so at the next call, and stops", async () => {
  const bench = await openBench();
  await using light = await gpioLight(lineOn(bench, 23)).open();
  await light.show("fault");
  bench.kernel.gone = true;
  await bench.clock.advance(10_000);
  await expect(light.show("fault")).rejects.toMatchObject({ name: "Fault" });
});

test("a closed light shows nothing more and leaves no timer", async () => {
  const bench = await openBench();
  const light = await gpioLight(lineOn(bench, 23)).open();
  await light.show("live");
  await light[Symbol.asyncDispose]();
  const writes = bench.kernel.written.length;
  await light.show("recording");
  await bench.clock.advance(5_000);
  expect(bench.kernel.written.length).toBe(writes);
  expect(bench.kernel.openDescriptors).toBe(0);
});
