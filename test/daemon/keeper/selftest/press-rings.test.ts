/** A press during the self-test rings like any other, though the line is felt before debounce meanwhile. */
import { expect, test } from "vitest";
import { Examinations } from "../../../../daemon/keeper/examinations.ts";
import { OutsideCalls } from "../../../../daemon/keeper/outside-calls.ts";
import { houseDoor } from "../../../../daemon/keeper/selftest/house-door.ts";
import { Sensors } from "../../../../daemon/keeper/sensors/sensors.ts";
import { button as buttonCheck } from "../../../../daemon/selftest/checks/button.ts";
import { gpioButton } from "../../../../hal/gpio/button.ts";
import { lineOn, openBench } from "../../../hal/gpio/rigs.ts";
import { ask } from "../../selftest/ask.ts";
import { testSettings } from "../door.ts";

const line = 17;

async function openHouse() {
  const bench = await openBench();
  const { clock, kernel } = bench;
  const rings: number[] = [];
  const settings = testSettings("/nonexistent");
  const sensors = new Sensors({
    settings,
    clock,
    drivers: { button: gpioButton(lineOn(bench, line)), pir: null, chime: null, light: null },
    onPress: ({ monoMs }) => rings.push(monoMs),
    onPir: () => {},
    onChange: () => {},
  });
  await sensors.open();
  const examinations = new Examinations({ clock, isThere: () => false, send: () => {} });
  const outside = new OutsideCalls({ clock, isThere: () => false, send: () => {} });
  const door = houseDoor({ settings, sensors, clock, examinations, outside, processes: () => [] });
  /** Levels of the wire, each so many ms after the one before. */
  const wire = async (moves: readonly (readonly [afterMs: number, active: boolean])[]): Promise<void> => {
    for (const [afterMs, active] of moves) {
      await clock.advance(afterMs);
      await kernel.edge(line, active);
    }
  };
  return {
    clock,
    kernel,
    rings,
    settings,
    door,
    wire,
    [Symbol.asyncDispose]: () => sensors[Symbol.asyncDispose](),
  };
}

const bouncy = [
  [0, true],
  [3, false],
  [4, true],
  [9, false],
  [2, true],
  [150, false],
] as const;

test("it rings once, and its bounces are drawn", async () => {
  await using house = await openHouse();
  const { clock, door, rings, settings, wire, kernel } = house;
  const answer = ask(buttonCheck, "/nonexistent", { door, clock, settings, attended: true });
  await clock.advance(500);
  await wire(bouncy);
  await clock.advance(2_000);
  const { verdict, waveform, figures } = await answer;
  expect(verdict).toBe("pass");
  expect(waveform?.edges.map(({ active, atMs }) => [Math.round(atMs), active])).toEqual([
    [0, true],
    [3, false],
    [7, true],
    [16, false],
    [18, true],
    [168, false],
  ]);
  expect(figures?.find(({ name }) => name === "longest pause in it")?.value).toBe(9);
  expect(rings).toHaveLength(1);
  expect(kernel.request(line).debounceUs).toBe(20_000); // the kernel debounces again
});

test("presses before, during and after the test ring: none is lost, none doubled", async () => {
  await using house = await openHouse();
  const { clock, door, rings, settings, wire } = house;
  const press = [
    [50, true],
    [120, false],
  ] as const;
  await wire(press);
  const answer = ask(buttonCheck, "/nonexistent", { door, clock, settings, attended: true });
  await wire(bouncy);
  await clock.advance(1_000);
  await answer;
  await wire(press);
  await clock.advance(100);
  expect(rings).toHaveLength(3);
});

test("a button that is held when the test begins is stuck, as far as the test can tell", async () => {
  await using house = await openHouse();
  const { clock, door, settings, wire } = house;
  await wire([[50, true]]);
  await clock.advance(100);
  const answer = ask(buttonCheck, "/nonexistent", { door, clock, settings });
  await clock.advance(1_000);
  expect(await answer).toMatchObject({
    verdict: "fail",
    seen: expect.stringContaining("active all the time"),
  });
});
