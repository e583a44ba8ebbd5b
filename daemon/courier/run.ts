/**
 * runCourier: the courier as a process of its own. Resolves when it has shut down after SIGTERM or SIGINT.
 */
import type { Settings } from "../../config/schema.ts";
import { systemClock } from "../../hal/clock.ts";
import { untilStopped } from "../wire/lifetime.ts";
import { dataPaths } from "../wire/paths.ts";
import { openCourier } from "./courier.ts";

export async function runCourier(settings: Settings): Promise<void> {
  const stop = untilStopped();
  const { courierSocket: socketPath } = dataPaths(settings.data, settings.run);
  await using _courier = openCourier({ settings, socketPath, clock: systemClock });
  await stop;
}
