/**
 * runKeeper: the keeper as a process of its own. Resolves when it has shut down after SIGTERM
 * or SIGINT; throws Fault when it cannot start.
 */
import type { Settings } from "../../config/schema.ts";
import type { Clock } from "../../hal/sensors.ts";
import { tellSupervisor, untilStopped } from "../wire/lifetime.ts";
import { openKeeper } from "./keeper.ts";

export interface RunKeeperOptions {
  readonly epochWallMs: number;
  readonly clock?: Clock;
}

export async function runKeeper(settings: Settings, options: RunKeeperOptions): Promise<void> {
  const stop = untilStopped();
  await using keeper = await openKeeper({ settings, ...options });
  tellSupervisor({ type: "listening", url: pageUrl(keeper) });
  await stop;
}

/** What a person on this machine types. */
function pageUrl({ address, port }: { address: string; port: number }): string {
  const everywhere = address === "0.0.0.0" || address === "::";
  const host = everywhere ? "127.0.0.1" : address.includes(":") ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
