import { gpioButton } from "../../../hal/gpio/button.ts";
import { gpioChime } from "../../../hal/gpio/chime.ts";
import { gpioLight } from "../../../hal/gpio/light.ts";
import { gpioPir } from "../../../hal/gpio/pir.ts";
import { buttonContract } from "../../contract/button.ts";
import { chimeContract } from "../../contract/chime.ts";
import { lightContract } from "../../contract/light.ts";
import { pirContract } from "../../contract/pir.ts";
import { lineOn, openBench, pi5, pressOn } from "./rigs.ts";

const withoutDebounce = { ...pi5, refusesDebounce: "EINVAL" };

for (const [driver, chip] of [
  ["gpio, kernel debounce", pi5],
  ["gpio, own debounce", withoutDebounce],
] as const) {
  buttonContract(driver, async () => {
    const bench = await openBench(chip);
    const button = await gpioButton(lineOn(bench, 17)).open();
    return {
      button,
      clock: bench.clock,
      async press() {
        await pressOn(bench, 17);
        await bench.clock.advance(20);
      },
      lose: () => bench.kernel.unplug(17),
      [Symbol.asyncDispose]: () => button[Symbol.asyncDispose](),
    };
  });

  pirContract(driver, async () => {
    const bench = await openBench(chip);
    const pir = await gpioPir(lineOn(bench, 27)).open();
    let level = false;
    return {
      pir,
      clock: bench.clock,
      async toggle() {
        level = !level;
        await bench.clock.advance(100);
        if (bench.kernel.openDescriptors > 0) await bench.kernel.edge(27, level);
        await bench.clock.advance(20);
      },
      lose: () => bench.kernel.unplug(27),
      [Symbol.asyncDispose]: () => pir[Symbol.asyncDispose](),
    };
  });
}

chimeContract("gpio", async () => {
  const bench = await openBench();
  const chime = await gpioChime({ ...lineOn(bench, 22), soundMs: 600 }).open();
  return {
    chime,
    clock: bench.clock,
    soundMs: 600,
    sounding: () => bench.kernel.written.at(-1)?.active ?? false,
    sounded: () => bench.kernel.written.filter(({ active }) => active).length,
    breakIt: () => void (bench.kernel.gone = true),
    [Symbol.asyncDispose]: () => chime[Symbol.asyncDispose](),
  };
});

lightContract("gpio", async () => {
  const bench = await openBench();
  const light = await gpioLight(lineOn(bench, 23)).open();
  const { kernel, clock } = bench;
  return {
    light,
    /** The rhythm seen in ten seconds: how long its whole phases last, in no order. */
    async look() {
      const from = kernel.written.length;
      await clock.advance(10_000);
      const changes = kernel.written.slice(from);
      if (changes.length === 0) return kernel.written.at(-1)?.active === true ? "lit" : "dark";
      const phases = changes.slice(1).map((change, index) => {
        const { active, atMs } = changes[index] ?? change;
        return `${active ? "lit" : "dark"} ${change.atMs - atMs} ms`;
      });
      return Array.from(new Set(phases)).sort().join(", ");
    },
    breakIt: () => void (kernel.gone = true),
    [Symbol.asyncDispose]: () => light[Symbol.asyncDispose](),
  };
});
