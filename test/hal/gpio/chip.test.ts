import { expect, test } from "vitest";
import { findChip, listChips, listLines } from "../../../hal/gpio/chip.ts";
import { gpioButton } from "../../../hal/gpio/button.ts";
import { gpioLight } from "../../../hal/gpio/light.ts";
import { linuxKernel } from "../../../hal/gpio/kernel.ts";
import { lineOn, openBench, pi5 } from "./rigs.ts";

const expander = { path: "/dev/gpiochip1", label: "pcf8574", lines: 8 };
const pi4 = { path: "/dev/gpiochip2", label: "pinctrl-bcm2711", lines: 58 };
const simulated = { path: "/dev/gpiochip3", label: "gpio-sim.0-node0", lines: 32 };

test("auto takes the Raspberry Pi's own chip whatever its number, newest first", async () => {
  const { kernel } = await openBench(expander, pi4, { ...pi5, path: "/dev/gpiochip4" });
  expect(findChip(kernel, "auto")).toMatchObject({ path: "/dev/gpiochip4", label: "pinctrl-rp1", lines: 54 });
});

test("another chip is used only when it is named", async () => {
  const { kernel } = await openBench(expander, simulated);
  expect(findChip(kernel, "gpio-sim.0-node0").path).toBe("/dev/gpiochip3");
  expect(() => findChip(kernel, "auto")).toThrow("found: pcf8574, gpio-sim.0-node0");
});

test.each([
  [
    "a chip that is not there",
    expander,
    {},
    "not-found",
    /no Raspberry Pi GPIO chip.*pcf8574/,
    /sill hal list/,
  ],
  ["no permission", { ...pi5, openFails: "EACCES" }, {}, "denied", /gpiochip0/, /group gpio/],
  [
    "a line in use",
    { ...pi5, busy: { 17: "spi0 CS1" } },
    {},
    "unavailable",
    /17.*"spi0 CS1"/,
    /another line/,
  ],
  ["a nameless user", { ...pi5, busy: { 17: "" } }, {}, "unavailable", /another program/, /another line/],
  ["a line that the chip lacks", pi5, { line: 54 }, "invalid", /lines 0 to 53, not 54/, /sill hal list/],
] as const)("%s is a Fault that says what to do", async (_, chip, changes, kind, message, hint) => {
  const bench = await openBench(chip);
  const fault = await gpioButton({ ...lineOn(bench, 17), ...changes })
    .open()
    .catch((error: unknown) => error);
  expect(fault).toMatchObject({ name: "Fault", kind });
  expect(fault).toMatchObject({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) });
  expect(bench.kernel.openDescriptors).toBe(0);
});

test("outputs fail the same way as inputs", async () => {
  const bench = await openBench({ ...pi5, busy: { 23: "leds-gpio" } });
  await expect(gpioLight(lineOn(bench, 23)).open()).rejects.toThrow('in use by "leds-gpio"');
});

test("the list names chips and lines, and why a chip cannot be asked", async () => {
  const { kernel } = await openBench({ ...pi5, openFails: "EACCES" }, { ...expander, busy: { 2: "reset" } });
  const [denied, found] = listChips(kernel);
  expect(denied).toMatchObject({ path: "/dev/gpiochip0", fault: { kind: "denied" } });
  expect(found).toEqual({ chip: { path: "/dev/gpiochip1", name: "gpiochip1", label: "pcf8574", lines: 8 } });
  const lines = listLines(kernel, { ...expander, name: "gpiochip1" });
  expect(lines.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(lines[2]).toEqual({ offset: 2, name: "GPIO2", consumer: "reset", used: true, output: false });
  expect(lines[3]).toMatchObject({ consumer: "", used: false });
});

test("this machine's own kernel can be asked, with or without chips", async () => {
  const kernel = await linuxKernel();
  for (const found of listChips(kernel))
    expect("chip" in found ? found.chip.lines : found.fault.kind).toBeTruthy();
  const clockNs = process.hrtime.bigint();
  expect(kernel.nowNs() - clockNs).toBeLessThan(1_000_000_000n);
  expect(() => kernel.ioctl(-1, 0x8044b401, new Uint8Array(68))).toThrow("EBADF");
});
