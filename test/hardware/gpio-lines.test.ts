/**
 * Outputs, PIR, and lines that cannot be had, on a real kernel.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../hal/clock.ts";
import { gpioButton } from "../../hal/gpio/button.ts";
import { gpioChime } from "../../hal/gpio/chime.ts";
import { findChip, listChips, listLines } from "../../hal/gpio/chip.ts";
import { linuxKernel } from "../../hal/gpio/kernel.ts";
import { gpioLight } from "../../hal/gpio/light.ts";
import { gpioPir } from "../../hal/gpio/pir.ts";
import { inputOn, noDrivenLine, openDrivenLine, sleep } from "../../scripts/rigs/driven-line.ts";
import { SimChip, hasGpioSim } from "../../scripts/rigs/gpio-sim.ts";

const noSim = "this kernel has no gpio-sim, or this is not root";
const otherProgram = join(import.meta.dirname, "other-program.ts");

test("a chip is found by its label, and its lines are listed with who holds them", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip(12);
  const kernel = await linuxKernel();
  await using _ = await gpioButton(inputOn({ chip: chip.label, line: 5 }, 20)).open();
  const found = findChip(kernel, chip.label);
  expect(found).toMatchObject({ label: chip.label, lines: 12, path: chip.path });
  expect(listLines(kernel, found).map(({ consumer }) => consumer)).toEqual(
    Array.from({ length: 12 }, (_, line) => (line === 5 ? "sill" : "")),
  );
});

test("PIR: edges alternate, its level at the opening is known, both polarities", async (context) => {
  await using line = await openDrivenLine();
  if (line === null) return context.skip(noDrivenLine);
  for (const activeLow of [false, true]) {
    await using pir = await gpioPir({ ...inputOn(line, 5), activeLow }).open();
    const edges: boolean[] = [];
    pir.onEdge(({ active }) => edges.push(active));
    expect(pir.active).toBe(false);
    for (const active of [true, false, true, false]) {
      line.drive(active !== activeLow);
      await sleep(40);
    }
    expect(edges).toEqual([true, false, true, false]);
  }
});

test("chime: its line is up while it sounds and down afterwards, also when closed in mid-sound", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  const options = { chip: chip.label, line: 22, activeLow: false, soundMs: 600, clock: systemClock };
  const chime = await gpioChime(options).open();
  const [sounding, levels] = [chime.sound(), [chip.level(22)]];
  await sounding;
  levels.push(chip.level(22));
  void chime.sound();
  levels.push(chip.level(22));
  await chime[Symbol.asyncDispose]();
  levels.push(chip.level(22));
  expect(levels).toEqual([true, false, true, false]);
});

test("light: steady while it records, dark when off; active-low is upside down on the wire", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  for (const activeLow of [false, true]) {
    await using light = await gpioLight({ chip: chip.label, line: 23, activeLow, clock: systemClock }).open();
    await light.show("recording");
    expect(chip.level(23)).toBe(!activeLow);
    await light.show("off");
    expect(chip.level(23)).toBe(activeLow);
  }
});

test("a line that another program holds is refused with its name, and free once it ends", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  const other = spawn(process.execPath, [otherProgram, "hold", chip.path, "17"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(other.stdout, "data");
  const button = gpioButton(inputOn({ chip: chip.label, line: 17 }, 20));
  await expect(button.open()).rejects.toMatchObject({
    kind: "unavailable",
    message: `line 17 of ${chip.label} is in use by "blinkenlights"`,
    hint: "stop the program that holds it, or choose another line",
  });
  other.stdin.end();
  await once(other, "exit");
  await (await button.open())[Symbol.asyncDispose]();
});

test("a line that does not exist is refused with those that do", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip(8);
  await expect(gpioButton(inputOn({ chip: chip.label, line: 8 }, 20)).open()).rejects.toMatchObject({
    kind: "invalid",
    message: `${chip.label} has lines 0 to 7, not 8`,
  });
});

test("a wrong label is refused with the labels that are there", async () => {
  const there = listChips(await linuxKernel()).flatMap((found) =>
    "chip" in found ? [found.chip.label] : [],
  );
  const opening = gpioButton(inputOn({ chip: "pinctrl-pi9", line: 17 }, 20)).open();
  await expect(opening).rejects.toMatchObject({
    kind: "not-found",
    message: expect.stringContaining("pinctrl-pi9"),
  });
  for (const label of there) await expect(opening).rejects.toThrow(label);
});

test("a user who may not open the chip is told which group may", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  const nobody = 65_534;
  const other = spawn(process.execPath, [otherProgram, "open", chip.label, "17"], {
    uid: nobody,
    gid: nobody,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [said] = (await once(other.stdout, "data")) as [Buffer];
  expect(JSON.parse(said.toString())).toMatchObject({
    kind: "denied",
    message: expect.stringContaining("/dev/gpiochip"),
    hint: expect.stringContaining("usermod -aG gpio"),
  });
});
