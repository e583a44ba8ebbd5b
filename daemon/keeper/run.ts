/**
 * runKeeper: the keeper as a process of its own. Resolves when it has shut down after SIGTERM
 * or SIGINT; throws Fault when it cannot start.
 */
import type { Settings } from "../../config/schema.ts";
import type { Clock } from "../../hal/sensors.ts";
import { openKeeper } from "./keeper.ts";

export interface RunKeeperOptions {
  readonly epochWallMs: number;
  readonly clock?: Clock;
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve());
  });
}

export async function runKeeper(settings: Settings, options: RunKeeperOptions): Promise<void> {
  const stop = stopAsked();
  await using _keeper = await openKeeper({ settings, ...options });
  await stop;
}
