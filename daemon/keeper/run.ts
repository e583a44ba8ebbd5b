/**
 * runKeeper: the keeper as a process of its own. Resolves when it has shut down after SIGTERM
 * or SIGINT; throws Fault when it cannot start.
 */
import type { Settings } from "../../config/schema.ts";
import { systemClock } from "../../hal/clock.ts";
import type { Clock } from "../../hal/sensors.ts";
import { tellSupervisor, untilStopped } from "../wire/lifetime.ts";
import { openNotify } from "../wire/notify.ts";
import { openKeeper } from "./keeper.ts";
import { localUrl } from "./page-address.ts";

export interface RunKeeperOptions {
  readonly epochWallMs: number;
  readonly clock?: Clock;
}

export async function runKeeper(settings: Settings, options: RunKeeperOptions): Promise<void> {
  const stop = untilStopped();
  const notify = await openNotify({ env: process.env, clock: systemClock });
  await using keeper = await openKeeper({ settings, ...options });
  tellSupervisor({ type: "listening", url: localUrl(keeper) });
  notify.ready(keeper.duties);
  await stop;
  notify.stopping();
}
