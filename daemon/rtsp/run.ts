/**
 * runRtsp: RTSP and ONVIF as a process of their own. Resolves when it has shut down after SIGTERM or SIGINT, or at
 * once where it is not switched on: a unit that is done is not started again.
 */
import type { Settings } from "../../config/schema.ts";
import { systemClock } from "../../hal/clock.ts";
import { untilStopped } from "../wire/lifetime.ts";
import { openNotify } from "../wire/notify.ts";
import { pathsOf } from "../wire/paths.ts";
import { openRtsp } from "./rtsp.ts";

export async function runRtsp(settings: Settings): Promise<void> {
  const stop = untilStopped();
  const notify = await openNotify({ env: process.env, clock: systemClock });
  if (!settings.rtsp.enabled) {
    notify.ready({ trouble: () => null, status: () => "rtsp.enabled is false: there is nothing to do" });
    return notify.stopping();
  }
  const { rtspSocket: socketPath } = pathsOf(settings);
  await using rtsp = openRtsp({ settings: settings.rtsp, socketPath, clock: systemClock });
  notify.ready({
    trouble: () => null,
    status: () =>
      rtsp.port === null
        ? `no port is open; the keeper is ${rtsp.connected ? "there" : "away"}`
        : `gives the picture at port ${rtsp.port}`,
  });
  await stop;
  notify.stopping();
}
