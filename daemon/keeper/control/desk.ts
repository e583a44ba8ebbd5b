/**
 * Desk: answers what commands ask, from the keeper's parts.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { Fault } from "../../../hal/fault.ts";
import type { ControlAsk } from "../../wire/control.ts";
import { viewersOf } from "../../household/household.ts";
import type { People } from "../people/people.ts";
import type { SelftestDesk } from "../selftest/desk.ts";
import type { CameraFeed } from "../sensors/camera-feed.ts";
import type { Sensors } from "../sensors/sensors.ts";
import type { Answer, Asker } from "./client.ts";

export interface DeskParts {
  readonly clock: Clock;
  readonly sensors: Sensors;
  readonly camera: Pick<CameraFeed, "listen">;
  readonly selftest: SelftestDesk;
  readonly people: Pick<People, "household">;
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
      return watchLines(parts, ask, asker);
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
  { sensors, camera, people }: Pick<DeskParts, "sensors" | "camera" | "people">,
  { camera: withCamera = false, picturesPerS = 0 }: Extract<ControlAsk, { ask: "lines" }>,
  { tell, say, signal }: Asker,
): Promise<void> {
  if (picturesPerS > 0 && viewersOf(people.household.current).length === 0)
    throw new Fault("denied", "pictures are sealed to an owner, and this doorbell has none", {
      hint: "pair it first (sill pair shows the code), or record without --frames",
    });
  for (const state of sensors.lineStates) say(state);
  const stop = sensors.lines.watch(tell);
  const stopCamera = withCamera ? camera.listen(tell, picturesPerS) : (): void => {};
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
