/**
 * Held: lines that the command takes itself, as inputs, while no doorbell runs.
 *
 * A line that cannot be taken at the start is a Fault that says who holds it. One that is lost later
 * (chip unplugged) is told and tried again every second.
 */
import { toFault } from "../../../hal/fault.ts";
import type { GpioKernel } from "../../../hal/gpio/kernel.ts";
import { openInput } from "../../../hal/gpio/input.ts";
import type { Button, Clock, LineEdge, PirSensor } from "../../../hal/sensors.ts";
import { simButton, simPir } from "../../../hal/sim/sensors.ts";
import type { PorchSettings } from "../../../hal/sim/porch/settings.ts";
import type { Felt, FeltLine } from "./felt.ts";
import type { Wish } from "./wish.ts";

const againMs = 1_000;

export interface HeldOptions {
  readonly clock: Clock;
  readonly porch: PorchSettings;
  readonly tell: (felt: Felt) => void;
  /** For tests: another kernel. */
  readonly kernel?: GpioKernel | undefined;
}

export interface HeldLine extends AsyncDisposable {
  readonly line: FeltLine;
}

/** An open line, and what it is by now. */
interface Device extends AsyncDisposable {
  readonly name: string;
  readonly active: boolean | null;
  readonly debounceMs: number;
}

export async function holdLine(wish: Wish, options: HeldOptions): Promise<HeldLine> {
  const { clock, tell } = options;
  let cancel = (): void => {};
  let device: Device | null = null;
  let closed = false;
  const lose = (error: Error): void => {
    tell({ type: "lost", line: wish.name, fault: toFault(error) });
    const gone = device;
    device = null;
    void closeQuietly(gone);
    again();
  };
  const again = (): void => {
    if (closed) return;
    cancel = clock.after(againMs, () => void reopen());
  };
  const reopen = async (): Promise<void> => {
    try {
      const opened = await openDevice(wish, options, lose);
      if (closed) return await opened[Symbol.asyncDispose]();
      device = opened;
      tell({ type: "opened", line: wish.name, active: opened.active });
    } catch {
      again(); // still away
    }
  };
  const first = await openDevice(wish, options, lose);
  device = first;
  const wire =
    wish.driver === "gpio" ? { chip: chipOf(first.name), offset: wish.line, activeLow: wish.activeLow } : {};
  return {
    line: {
      line: wish.name,
      role: wish.role,
      driver: wish.driver === "sim" ? "sim" : "gpio",
      ...wire,
      debounceMs: first.debounceMs,
      raw: true,
      active: first.active,
      name: first.name,
      holder: "command",
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      cancel();
      await device?.[Symbol.asyncDispose]();
    },
  };
}

async function closeQuietly(device: Device | null): Promise<void> {
  try {
    await device?.[Symbol.asyncDispose]();
  } catch {
    // it is gone already
  }
}

/** "gpio pinctrl-rp1 17" names it. */
export function chipOf(name: string): string {
  return name.split(" ").slice(1, -1).join(" ").slice(0, 32);
}

function openDevice(wish: Wish, options: HeldOptions, lose: (error: Error) => void): Promise<Device> {
  return wish.driver === "sim" ? openSim(wish, options, lose) : openWire(wish, options, lose);
}

async function openWire(
  wish: Wish,
  { clock, tell, kernel }: HeldOptions,
  lose: (error: Error) => void,
): Promise<Device> {
  const { chip, line, activeLow, debounceMs } = wish;
  const input = await openInput({ chip, line, activeLow, debounceMs, clock, kernel });
  let missed = 0;
  input.onBounce((edge) => {
    if (input.counters.missed > missed)
      tell({ type: "missed", line: wish.name, count: input.counters.missed - missed });
    missed = input.counters.missed;
    tell({ type: "edge", line: wish.name, edge });
  });
  let active = input.active;
  input.onEdge((edge) => {
    if (wish.role === "button" && !edge.active) return;
    if (wish.role === "pir" && edge.active === active) return;
    active = edge.active;
    tell({ type: "outcome", line: wish.name, edge });
  });
  input.onLost(lose);
  return {
    name: input.name,
    active: input.active,
    debounceMs: input.kernelDebounce ? 0 : debounceMs, // a kernel that keeps its debounce tells settled edges
    [Symbol.asyncDispose]: () => input[Symbol.asyncDispose](),
  };
}

async function openSim(wish: Wish, options: HeldOptions, lose: (error: Error) => void): Promise<Device> {
  const { clock, porch, tell } = options;
  const epochWallMs = clock.wallMs();
  const outcome = (edge: LineEdge): void => tell({ type: "outcome", line: wish.name, edge });
  const device: Button | PirSensor =
    wish.role === "button" ? simButton({ clock, epochWallMs, porch }) : simPir({ clock, epochWallMs, porch });
  device.onBounce?.((edge) => tell({ type: "edge", line: wish.name, edge }));
  if ("onPress" in device) device.onPress((press) => outcome({ ...press, active: true }));
  else device.onEdge(outcome);
  device.onLost(lose);
  return {
    name: device.name,
    active: "active" in device ? device.active : false,
    debounceMs: 0,
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}
