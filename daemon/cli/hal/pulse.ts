/**
 * Pulse: drives an output for a moment, so many times, and leaves it inactive whatever happens.
 *
 * In a running house chime and light are asked of it. Else the line is taken; when the process dies
 * the kernel takes it back. A line that is an input of the doorbell is not driven: a contact or a PIR
 * may short it.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import { autoLabels } from "../../../hal/gpio/chip.ts";
import type { GpioKernel } from "../../../hal/gpio/kernel.ts";
import { openOutputLine, writeLine } from "../../../hal/gpio/line.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { pathsOf, type DataPaths } from "../../wire/paths.ts";
import { askHouse, houseRuns } from "../ask-house.ts";
import { quote } from "../command.ts";
import type { Interrupt } from "./interrupt.ts";
import { wishOf, type Wish } from "./wish.ts";

export interface PulseOptions {
  readonly settings: Settings;
  readonly name: string;
  /** Null = 200 ms, or what the doorbell does by itself. */
  readonly forMs: number | null;
  readonly times: number;
  readonly everyMs: number;
  readonly force: boolean;
  readonly clock: Clock;
  readonly until: Interrupt;
  readonly onPulse: (number: number, line: string) => void;
  /** For tests: another kernel. */
  readonly kernel?: GpioKernel | undefined;
}

const usualMs = 200;

/** How often it was driven. */
export async function pulseLine(options: PulseOptions): Promise<number> {
  const { settings, name, force } = options;
  const wish = wishOf(name, settings);
  const input = inputOf(wish, settings);
  if (input !== null && !force)
    throw new Fault(
      "denied",
      `${quote(name)} is the doorbell's ${input}, an input: driving it may harm what is wired to it`,
      {
        hint: "--force drives it all the same",
      },
    );
  const paths = pathsOf(settings);
  if ((wish.role === "chime" || wish.role === "light") && (await houseRuns(paths)))
    return repeat(options, wish.name, askOf(options, wish.role, paths));
  if (wish.driver !== "gpio")
    throw new Fault("not-found", `there is no ${name} to drive: ${name}.driver is ${wish.driver}`, {
      hint: `sill run plays with simulated ones; --${name}.driver=gpio, or a line by its place: pinctrl-rp1:22`,
    });
  const { chip, line: offset, activeLow } = wish;
  const line = await openOutputLine({ chip, line: offset, activeLow, kernel: options.kernel });
  try {
    return await repeat(options, line.name, async () => {
      writeLine(line, true);
      await pause(options, options.forMs ?? usualMs);
      writeLine(line, false);
    });
  } finally {
    try {
      writeLine(line, false);
    } finally {
      line.kernel.close(line.fd);
    }
  }
}

/** Which input of the doorbell this is by name or by wire; null = none. */
function inputOf(wish: Wish, settings: Settings): "button" | "pir" | null {
  if (wish.role === "button" || wish.role === "pir") return wish.role;
  for (const role of ["button", "pir"] as const) {
    const { driver, chip, line } = settings[role];
    const sameChip =
      chip === wish.chip || (chip === "auto" && autoLabels.some((label) => label === wish.chip));
    if (driver === "gpio" && line === wish.line && (sameChip || wish.chip === "auto")) return role;
  }
  return null;
}

function askOf(options: PulseOptions, role: "chime" | "light", paths: DataPaths): () => Promise<void> {
  const { forMs, until } = options;
  if (role === "chime" && forMs !== null)
    throw new Fault("invalid", "the running doorbell sounds its chime for chime.soundMs, not for --for", {
      hint: "leave --for out, or stop the doorbell first",
    });
  const ask =
    role === "chime"
      ? ({ ask: "chime" } as const)
      : ({ ask: "light", state: "recording", forMs: Math.max(1, Math.round(forMs ?? usualMs)) } as const);
  return () => askHouse(paths, ask, { onLine: () => {}, signal: until.signal });
}

/** From beginning to beginning `everyMs`; ends early when asked to. */
async function repeat(
  { times, everyMs, clock, until, onPulse, ...rest }: PulseOptions,
  line: string,
  once: () => Promise<void>,
): Promise<number> {
  for (let number = 1; number <= times; number += 1) {
    const startMs = clock.monoMs();
    await once();
    onPulse(number, line);
    if (until.signal.aborted || number === times) return number;
    await pause({ clock, until, ...rest }, Math.max(0, startMs + everyMs - clock.monoMs()));
    if (until.signal.aborted) return number;
  }
  return times;
}

function pause({ clock, until }: Pick<PulseOptions, "clock" | "until">, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      until.signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    if (until.signal.aborted) done();
    else until.signal.addEventListener("abort", done);
  });
}
