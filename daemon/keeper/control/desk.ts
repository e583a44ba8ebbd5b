/**
 * Desk: answers what commands ask, from the keeper's parts.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { Fault } from "../../../hal/fault.ts";
import type { ControlAsk } from "../../wire/control.ts";
import type { SelftestDesk } from "../selftest/desk.ts";
import type { CameraFeed } from "../sensors/camera-feed.ts";
import type { Sensors } from "../sensors/sensors.ts";
import type { Answer, Asker } from "./client.ts";

export interface DeskParts {
  readonly clock: Clock;
  readonly sensors: Sensors;
  readonly camera: Pick<CameraFeed, "listen">;
  readonly selftest: SelftestDesk;
}

export function controlDesk(parts: DeskParts): Answer {
  return (ask, asker) => answerOne(ask, asker, parts);
}

async function answerOne(ask: ControlAsk, asker: Asker, parts: DeskParts): Promise<void> {
  const { clock, sensors, selftest } = parts;
  switch (ask.ask) {
    case "selftest": {
      const { ask: _ask, ...wanted } = ask;
      const { report, picture, fault } = await selftest.run(wanted, asker.say, asker.signal);
      const kept = fault?.message.slice(0, 500) ?? null;
      return asker.say({ type: "selftest-done", report, picture, notKept: kept });
    }
    case "lines":
      return watchLines(parts, ask.camera === true, asker);
    case "chime":
      if (!(await sensors.soundOnce())) throw off("chime");
      return;
    case "light": {
      const demand = sensors.demandLight(ask.state, ask.forMs);
      if (demand === null) throw off("light");
      await waitFor(clock, ask.forMs, asker.signal);
      return demand.end();
    }
  }
}

/** Until the command has gone. */
async function watchLines(
  { sensors, camera }: Pick<DeskParts, "sensors" | "camera">,
  withCamera: boolean,
  { tell, say, signal }: Asker,
): Promise<void> {
  for (const state of sensors.lineStates) say(state);
  const stop = sensors.lines.watch(tell);
  const stopCamera = withCamera ? camera.listen(tell) : (): void => {};
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  stop();
  stopCamera();
}

function waitFor(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      resolve();
    };
    const cancel = clock.after(ms, done);
    if (signal.aborted) done();
    signal.addEventListener("abort", done, { once: true });
  });
}

function off(role: "chime" | "light"): Fault {
  return new Fault("unavailable", `there is no ${role}: ${role}.driver is none`, {
    hint: `set ${role}.driver, then start the doorbell again`,
  });
}
