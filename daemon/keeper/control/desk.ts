/**
 * Desk: answers what commands ask, from the keeper's parts.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { Fault } from "../../../hal/fault.ts";
import type { ControlAsk } from "../../wire/control.ts";
import type { Sensors } from "../sensors/sensors.ts";
import type { Answer, Asker } from "./client.ts";

export interface DeskParts {
  readonly clock: Clock;
  readonly sensors: Sensors;
}

export function controlDesk(parts: DeskParts): Answer {
  return (ask, asker) => answerOne(ask, asker, parts);
}

async function answerOne(ask: ControlAsk, asker: Asker, { clock, sensors }: DeskParts): Promise<void> {
  switch (ask.ask) {
    case "lines":
      return watchLines(sensors, asker);
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
async function watchLines(sensors: Sensors, { tell, say, signal }: Asker): Promise<void> {
  for (const state of sensors.lineStates) say(state);
  const stop = sensors.lines.watch(tell);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  stop();
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
