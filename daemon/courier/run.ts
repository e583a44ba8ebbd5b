/**
 * runCourier: the courier as a process of its own. Resolves when it has shut down after SIGTERM or SIGINT.
 */
import type { Settings } from "../../config/schema.ts";
import { systemClock } from "../../hal/clock.ts";
import { untilStopped } from "../wire/lifetime.ts";
import { openNotify } from "../wire/notify.ts";
import { pathsOf } from "../wire/paths.ts";
import { openCourier } from "./courier.ts";

export async function runCourier(settings: Settings): Promise<void> {
  const stop = untilStopped();
  const { courierSocket: socketPath } = pathsOf(settings);
  const notify = await openNotify({ env: process.env, clock: systemClock });
  await using courier = openCourier({ settings, socketPath, clock: systemClock });
  const portal =
    settings.portal.url === "" ? "no portal is set" : `asks ${new URL(settings.portal.url).host}`;
  notify.ready({
    trouble: () => null,
    status: () => `${portal}; the keeper is ${courier.connected ? "there" : "away"}`,
  });
  await stop;
  notify.stopping();
}
