/**
 * Rigs: the GPIO drivers on a simulated kernel, for the contracts and for their own tests.
 */
import type { SimulatedChip } from "./simulated-kernel.ts";
import { SimulatedKernel } from "./simulated-kernel.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

export const pi5: SimulatedChip = { path: "/dev/gpiochip0", label: "pinctrl-rp1", lines: 54 };

export interface Bench {
  readonly clock: SimClock;
  readonly kernel: SimulatedKernel;
}

export async function openBench(...chips: SimulatedChip[]): Promise<Bench> {
  const clock = new SimClock();
  await clock.advance(1_000);
  return { clock, kernel: await SimulatedKernel.create(clock, ...(chips.length === 0 ? [pi5] : chips)) };
}

/** Options of a line on that bench. */
export function lineOn({ clock, kernel }: Bench, line: number) {
  return { chip: "auto", line, activeLow: false, debounceMs: 20, clock, kernel };
}

/** Down, held, up: as the kernel tells it after its own debounce. */
export async function pressOn({ clock, kernel }: Bench, line: number): Promise<void> {
  for (const active of [true, false]) {
    await clock.advance(100);
    if (kernel.openDescriptors > 0 && !kernel.gone) await kernel.edge(line, active, 3);
  }
}
