/**
 * Driven line: an input that this test can move, and how it is moved.
 *
 * In the guest a line of gpio-sim. On a Pi a jumper from an output to an input, named by
 * HW_CHIP (a label, default auto), HW_OUT and HW_IN (offsets). Otherwise there is
 * none, and what needs one is skipped aloud.
 */
import { openOutputLine, writeLine } from "../../hal/gpio/line.ts";
import { systemClock } from "../../hal/clock.ts";
import { SimChip, hasGpioSim } from "./gpio-sim.ts";

export interface DrivenLine extends AsyncDisposable {
  /** For the driver under test. */
  readonly chip: string;
  readonly line: number;
  /** At once; the line is inactive before the first call. */
  drive(active: boolean): void;
}

export const noDrivenLine =
  "nothing drives a line: run it in the guest, or set HW_OUT and HW_IN for a jumper";

export async function openDrivenLine(): Promise<DrivenLine | null> {
  const { HW_CHIP: chip = "auto", HW_OUT: out, HW_IN: into } = process.env;
  if (out !== undefined && into !== undefined) return jumper(chip, Number(out), Number(into));
  return hasGpioSim() ? simulated(17) : null;
}

function simulated(line: number): DrivenLine {
  const chip = new SimChip();
  return {
    chip: chip.label,
    line,
    drive: (active) => chip.pull(line, active),
    async [Symbol.asyncDispose]() {
      chip[Symbol.dispose]();
    },
  };
}

async function jumper(chip: string, out: number, into: number): Promise<DrivenLine> {
  const output = await openOutputLine({ chip, line: out, activeLow: false });
  return {
    chip,
    line: into,
    drive: (active) => writeLine(output, active),
    async [Symbol.asyncDispose]() {
      output.kernel.close(output.fd);
    },
  };
}

/** What the drivers take, with real time. */
export function inputOn({ chip, line }: Pick<DrivenLine, "chip" | "line">, debounceMs: number) {
  return { chip, line, activeLow: false, debounceMs, clock: systemClock };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Blocks this thread, its event loop with it, without keeping the processor busy. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
