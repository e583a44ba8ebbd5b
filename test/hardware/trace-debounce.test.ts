/**
 * The kernel's debounce, switched off while somebody listens to bounces and on again, on a real kernel's line.
 */
import { expect, test } from "vitest";
import { openInput, type Input } from "../../hal/gpio/input.ts";
import { openInputLine, setKernelDebounce } from "../../hal/gpio/line.ts";
import { systemClock } from "../../hal/clock.ts";
import { sleep } from "../../scripts/rigs/driven-line.ts";
import { SimChip, hasGpioSim } from "../../scripts/rigs/gpio-sim.ts";

const noSim = "this kernel has no gpio-sim, or this is not root";
const line = 17;
const debounceMs = 50;
/** gpio-sim's interrupts may wait for the kernel's tick, 10 ms; edges within one become one. */
const stepMs = 11;
const quietMs = 200;

interface Rig extends AsyncDisposable {
  readonly chip: SimChip;
  readonly input: Input;
  /** After debounce. */
  readonly told: boolean[];
}

async function openRig(): Promise<Rig> {
  const chip = new SimChip();
  const input = await openInput({ chip: chip.label, line, activeLow: false, debounceMs, clock: systemClock });
  const told: boolean[] = [];
  input.onEdge(({ active }) => told.push(active));
  return {
    chip,
    input,
    told,
    async [Symbol.asyncDispose]() {
      await input[Symbol.asyncDispose]();
      chip[Symbol.dispose]();
    },
  };
}

async function bounce(chip: SimChip, to: boolean, edges = 7): Promise<void> {
  for (let edge = 0; edge < edges; edge += 1) {
    chip.pull(line, (edge % 2 === 0) === to);
    await sleep(stepMs);
  }
}

test("off: the kernel tells every edge, and on again one of each burst; the outcome is the same", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  await using rig = await openRig();
  const { chip, input, told } = rig;
  const burst = async (): Promise<number> => {
    const before = input.counters.edges;
    await bounce(chip, true);
    await sleep(quietMs);
    await bounce(chip, false);
    await sleep(quietMs);
    return input.counters.edges - before;
  };
  expect([input.kernelDebounce, await burst()]).toEqual([true, 2]);
  for (let round = 0; round < 3; round += 1) {
    const heard: boolean[] = [];
    const stop = input.onBounce(({ active }) => heard.push(active));
    expect([input.kernelDebounce, await burst(), heard.length]).toEqual([false, 14, 14]);
    stop();
    await sleep(quietMs);
    expect([input.kernelDebounce, await burst()]).toEqual([true, 2]);
  }
  expect(told).toEqual(Array.from({ length: 14 }, (_, n) => n % 2 === 0));
});

test("listening that begins while the button is held, or ends while it bounces, makes no press and loses none", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  await using rig = await openRig();
  const { chip, input, told } = rig;
  const settled = () => sleep(quietMs);
  await bounce(chip, true);
  await settled();
  expect(told).toEqual([true]);
  const stop = input.onBounce(() => {});
  chip.pull(line, true); // gpio-sim lets go of a line when it is set anew
  await settled();
  expect([input.kernelDebounce, told]).toEqual([false, [true]]);
  await bounce(chip, false);
  await settled();
  await bounce(chip, true, 3);
  stop();
  await bounce(chip, true, 3);
  await settled();
  await bounce(chip, false);
  await settled();
  expect([input.kernelDebounce, told]).toEqual([true, [true, false, true, false]]);
});

test("a line's debounce can be set as often as one likes, held or not", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  const opened = await openInputLine({ chip: chip.label, line, activeLow: false }, debounceMs);
  try {
    for (let round = 0; round < 20; round += 1) {
      chip.pull(line, round % 3 === 0);
      expect(setKernelDebounce(opened, round % 2 === 0)).toBe(true);
    }
  } finally {
    opened.kernel.close(opened.fd);
  }
});
