/** Asks one check about a machine and a data folder. */
import { settingsSchema, type Settings } from "../../../config/schema.ts";
import type { Check, CheckContext, CheckResult } from "../../../daemon/selftest/check.ts";
import type { Door } from "../../../daemon/selftest/door.ts";
import { Fault } from "../../../hal/fault.ts";
import { systemClock } from "../../../hal/clock.ts";
import { simulatedMachine } from "./simulated-machine.ts";

async function noDoor(): Promise<never> {
  throw new Fault("unavailable", "this test has no door");
}

export const closedDoor: Door = {
  how: "this test alone",
  processes: () => [],
  camera: noDoor,
  button: noDoor,
  pir: noDoor,
  chime: noDoor,
  outside: noDoor,
  light: noDoor,
};

export function someSettings(data: string, changes: Record<string, unknown> = {}): Settings {
  return settingsSchema.parse({ data, ...changes });
}

export function ask(check: Check, data: string, changes: Partial<CheckContext> = {}): Promise<CheckResult> {
  return check.run({
    settings: someSettings(data),
    clock: systemClock,
    machine: simulatedMachine(),
    door: closedDoor,
    signal: new AbortController().signal,
    attended: false,
    outbound: false,
    sill: "0.1.0",
    ask: () => {},
    ...changes,
  });
}
