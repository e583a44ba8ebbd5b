/**
 * Button on a real kernel's line: debounce, time stamps, and that no press is lost or doubled.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gpioButton, type GpioButton } from "../../hal/gpio/button.ts";
import { systemClock } from "../../hal/clock.ts";
import type { Press } from "../../hal/sensors.ts";
import {
  type DrivenLine,
  block,
  inputOn,
  noDrivenLine,
  openDrivenLine,
  sleep,
} from "../../scripts/rigs/driven-line.ts";

const debounceMs = 20;
/** Long enough for a debounce by any kernel's tick. */
const quietMs = 60;
/** 10,000 take no time in the guest, and 20 minutes on a jumper. */
const presses = Number(process.env["HW_PRESSES"] ?? (process.env["GUEST"] === "1" ? 10_000 : 500));

let line: DrivenLine | null = null;
beforeAll(async () => {
  line = await openDrivenLine();
});
afterAll(() => line?.[Symbol.asyncDispose]());

interface Rig extends AsyncDisposable {
  readonly line: DrivenLine;
  readonly button: GpioButton;
  readonly presses: Press[];
}

async function openRig(driven: DrivenLine, withDebounceMs = debounceMs): Promise<Rig> {
  const button = await gpioButton(inputOn(driven, withDebounceMs)).open();
  const presses: Press[] = [];
  button.onPress((press) => presses.push(press));
  return { line: driven, button, presses, [Symbol.asyncDispose]: () => button[Symbol.asyncDispose]() };
}

/** Moves the line as told: [at, level] in milliseconds from now; false when this machine was too slow. */
async function play(driven: DrivenLine, edges: readonly (readonly [number, boolean])[]): Promise<boolean> {
  const startMs = performance.now();
  let onTime = true;
  for (const [atMs, active] of edges) {
    const waitMs = atMs - (performance.now() - startMs);
    if (waitMs > 0) await sleep(waitMs);
    driven.drive(active);
    if (performance.now() - startMs > atMs + 2) onTime = false;
  }
  return onTime;
}

/** Level by level, in equal parts of `ms`; begins and ends with `active`. */
function bounces(fromMs: number, ms: number, count: number, active: boolean) {
  const edges = 2 * count - 1;
  return Array.from(
    { length: edges },
    (_, edge) => [fromMs + (ms * edge) / (edges - 1), (edge % 2 === 0) === active] as const,
  );
}

describe("button", () => {
  test.for([1, 2, 5, 8, 12, 16, 20])(
    "contacts that bounce for %i ms, closing and opening, give one press",
    async (ms, context) => {
      if (line === null) return context.skip(noDrivenLine);
      await using rig = await openRig(line);
      for (const count of [2, 3, 5, 9]) {
        let played = false;
        for (let attempt = 0; attempt < 20 && !played; attempt++) {
          await sleep(quietMs + attempt * 3); // at another moment between two of the kernel's ticks
          rig.presses.length = 0;
          played = await play(line, [...bounces(0, ms, count, true), ...bounces(100, ms, count, false)]);
          await sleep(quietMs);
        }
        if (!played) return context.skip("this machine cannot move a line on time");
        expect(rig.presses.length, `${count} closings`).toBe(1);
      }
    },
  );

  test("a glitch that is shorter than the debounce is no press", async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    await using rig = await openRig(line, 100);
    let played = false;
    for (let attempt = 0; attempt < 20 && !played; attempt++) {
      rig.presses.length = 0;
      played = await play(line, [
        [0, true],
        [20, false],
      ]);
      await sleep(200);
    }
    if (!played) return context.skip("this machine cannot move a line on time");
    expect(rig.presses).toEqual([]);
  });

  test(`${presses} presses: none lost, none doubled, in order of their stamps`, async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    await using rig = await openRig(line);
    for (let press = 0; press < presses; press++) {
      line.drive(true);
      await sleep(quietMs);
      line.drive(false);
      await sleep(quietMs);
    }
    await sleep(quietMs);
    const stamps = rig.presses.map(({ monoMs }) => monoMs);
    expect(rig.presses.length).toBe(presses);
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
    expect(rig.button.counters).toEqual({ edges: 2 * presses, missed: 0 });
  });

  test("a long press is one press, told while it is still held", async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    await using rig = await openRig(line);
    line.drive(true);
    await sleep(5_000);
    expect(rig.presses.length).toBe(1);
    line.drive(false);
    await sleep(quietMs);
    expect(rig.presses.length).toBe(1);
  });

  test("a double press is two presses, as far apart as the fingers made them", async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    await using rig = await openRig(line);
    const downMs: number[] = [];
    for (let press = 0; press < 2; press++) {
      downMs.push(performance.now());
      line.drive(true);
      await sleep(80);
      line.drive(false);
      await sleep(120);
    }
    expect(rig.presses.length).toBe(2);
    // Stamped by the kernel, once its debounce is sure: never before the finger.
    rig.presses.forEach(({ monoMs }, press) =>
      expect(monoMs).toBeGreaterThanOrEqual(downMs[press] ?? Infinity),
    );
  });

  test("presses while the process is busy are told afterwards, stamped when they happened", async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    await using rig = await openRig(line);
    line.drive(true);
    block(100);
    line.drive(false);
    const letGoMs = systemClock.monoMs();
    block(3_000);
    expect(rig.presses).toEqual([]);
    await sleep(quietMs);
    expect(rig.presses.length).toBe(1);
    expect(rig.presses[0]?.monoMs).toBeLessThan(letGoMs);
  });

  test("more edges than the kernel keeps: the lost ones are counted, and the last press is told", async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    await using rig = await openRig(line, 0);
    const [made, kept] = [200, 256];
    for (let press = 0; press < made; press++) {
      line.drive(true);
      block(20);
      line.drive(false);
      block(20);
    }
    line.drive(true);
    await sleep(quietMs);
    line.drive(false);
    await sleep(quietMs);
    const { edges, missed } = rig.button.counters;
    expect(edges + missed).toBe(2 * made + 2);
    expect(missed).toBeGreaterThan(0);
    expect(missed).toBeLessThanOrEqual(2 * made + 1 - kept);
    expect(rig.presses.length).toBe(Math.ceil((edges - 1) / 2));
  });

  test("a button that is held when it is opened gives no press until it is pressed anew", async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    if (process.env["HW_OUT"] === undefined)
      return context.skip("gpio-sim lets go of a held line when its bias is set");
    line.drive(true);
    await sleep(quietMs);
    await using rig = await openRig(line);
    line.drive(false);
    await sleep(quietMs);
    expect(rig.presses).toEqual([]);
    line.drive(true);
    await sleep(quietMs);
    expect(rig.presses.length).toBe(1);
    line.drive(false);
  });

  test("while bounces are listened to every edge is told, and presses go on", async (context) => {
    if (line === null) return context.skip(noDrivenLine);
    await using rig = await openRig(line);
    const levels: boolean[] = [];
    const stop = rig.button.onBounce?.(({ active }) => levels.push(active));
    await press(line);
    stop?.();
    await sleep(quietMs);
    await press(line);
    expect(levels).toEqual([true, false]);
    expect(rig.presses.length).toBe(2);
  });
});

async function press(driven: DrivenLine): Promise<void> {
  for (const active of [true, false]) {
    driven.drive(active);
    await sleep(quietMs);
  }
}
