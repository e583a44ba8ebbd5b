/**
 * Lines that a command takes or drives: on a simulated kernel, since the real one is test/hardware's.
 */
import { expect, test } from "vitest";
import { holdLine } from "../../../../daemon/cli/hal/held.ts";
import { pulseLine } from "../../../../daemon/cli/hal/pulse.ts";
import type { Felt } from "../../../../daemon/cli/hal/felt.ts";
import { wishOf, wishesOf } from "../../../../daemon/cli/hal/wish.ts";
import { settingsSchema } from "../../../../config/schema.ts";
import { interruptOf } from "./rigs.ts";
import { openBench, pi5, type Bench } from "../../../hal/gpio/rigs.ts";

const settings = settingsSchema.parse({
  data: "/nowhere/sill",
  button: { driver: "gpio" },
  pir: { driver: "gpio" },
  chime: { driver: "gpio" },
});

async function pulse(bench: Bench, name: string, more: { times?: number; force?: boolean } = {}) {
  const until = interruptOf();
  const pulsed = pulseLine({
    settings,
    name,
    forMs: null,
    times: more.times ?? 1,
    everyMs: 1_000,
    force: more.force ?? false,
    clock: bench.clock,
    until,
    onPulse: () => {},
    kernel: bench.kernel,
  });
  pulsed.catch(() => {});
  await bench.clock.advance(0);
  return { pulsed, until };
}

test("an output is driven as often as asked, each time as long, and is given back inactive", async () => {
  const bench = await openBench();
  const { pulsed } = await pulse(bench, "chime", { times: 2 });
  await bench.clock.advance(5_000);
  expect(await pulsed).toBe(2);
  expect(bench.kernel.written.map(({ active, atMs }) => [active, atMs - 1_000])).toEqual([
    [true, 0],
    [false, 200],
    [true, 1_000],
    [false, 1_200],
    [false, 1_200],
  ]);
  expect(bench.kernel.openDescriptors).toBe(0);
});

test("Ctrl-C in the middle of a pulse leaves the line inactive at once", async () => {
  const bench = await openBench();
  const { pulsed, until } = await pulse(bench, "pinctrl-rp1:24", { times: 5 });
  await bench.clock.advance(50);
  until.stop();
  expect(await pulsed).toBe(1);
  expect(bench.kernel.written.at(-1)).toMatchObject({ offset: 24, active: false, atMs: 1_050 });
  expect(bench.kernel.openDescriptors).toBe(0);
});

test.each([
  ["button", "button"],
  ["pir", "pir"],
  ["pinctrl-rp1:17", "button"],
  ["pinctrl-rp1:27", "pir"],
])("%s is an input of the doorbell and is not driven unasked", async (name, input) => {
  const bench = await openBench();
  const { pulsed } = await pulse(bench, name);
  await expect(pulsed).rejects.toMatchObject({
    kind: "denied",
    message: expect.stringContaining(`is the doorbell's ${input}, an input`),
    hint: expect.stringContaining("--force"),
  });
  expect(bench.kernel.written).toEqual([]);
  const forced = await pulse(bench, name, { force: true });
  await bench.clock.advance(300);
  expect(await forced.pulsed).toBe(1);
});

test("a line that somebody holds names its holder", async () => {
  const bench = await openBench({ ...pi5, busy: { 24: "fan-control" } });
  const { pulsed } = await pulse(bench, "pinctrl-rp1:24");
  await expect(pulsed).rejects.toMatchObject({ message: expect.stringContaining('"fan-control"') });
  const held = holdLine(wishOf("pinctrl-rp1:24", settings), {
    ...bench,
    porch: settings.sim,
    tell: () => {},
  });
  await expect(held).rejects.toMatchObject({ message: expect.stringContaining('"fan-control"') });
});

test("a line that is unplugged is told, tried again, and told when it is back", async () => {
  const bench = await openBench();
  const felt: string[] = [];
  const tell = (one: Felt): void => void felt.push("line" in one ? `${one.line} ${one.type}` : one.type);
  await using held = await holdLine(wishOf("button", settings), { ...bench, porch: settings.sim, tell });
  expect(held.line).toMatchObject({
    chip: "pinctrl-rp1",
    offset: 17,
    debounceMs: 20,
    raw: true,
    active: false,
  });
  await bench.kernel.unplug(17);
  await bench.clock.advance(2_500);
  bench.kernel.gone = false;
  await bench.clock.advance(1_000);
  await bench.kernel.edge(17, true);
  await bench.clock.advance(50);
  expect(felt).toEqual(["button lost", "button opened", "button edge", "button outcome"]);
});

test("lines are named as the doorbell's or by their place, each once", () => {
  expect(wishesOf("pir, gpio-sim.0-node0:3", settings, []).map(({ name, line }) => [name, line])).toEqual([
    ["pir", 27],
    ["gpio-sim.0-node0:3", 3],
  ]);
  expect(() => wishesOf("pir,pir", settings, [])).toThrow('the line "pir" is named twice');
  expect(() => wishOf("bell", settings)).toThrow(
    '"bell" is no line; allowed: button, pir, chime, light, or chip:offset',
  );
  expect(() => wishOf("/dev/gpiochip0:1", settings)).toThrow("is no line");
});
