/**
 * House door: what a check may ask of a running house. Nothing is taken from it: a press still rings.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Clock, LightState } from "../../../hal/sensors.ts";
import { houseHow } from "../../selftest/checks/permissions.ts";
import type { Door } from "../../selftest/door.ts";
import { chimeHeard } from "../../selftest/microphone.ts";
import { watchLine, type WatchedLine } from "../../selftest/watch-line.ts";
import type { Sensors } from "../sensors/sensors.ts";
import type { Examinations } from "../examinations.ts";
import type { OutsideCalls } from "../outside-calls.ts";

/** After the first edge of a press: its release and its bounce belong to it. */
const settleMs = 700;
/** A state that is never put back ends by itself. */
const longestLightMs = 60_000;

export interface HouseDoorParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly sensors: Sensors;
  readonly examinations: Examinations;
  readonly outside: OutsideCalls;
  readonly processes: Door["processes"];
}

export function houseDoor({
  settings,
  clock,
  sensors,
  examinations,
  outside,
  processes,
}: HouseDoorParts): Door & Disposable {
  let demand: { readonly end: () => void } | null = null;
  return {
    how: houseHow,
    processes,
    camera: (forMs, signal) => examinations.ask(forMs, signal),
    async button(forMs, signal) {
      const line = watched(sensors, "button");
      return line && watchLine(line, { clock, forMs, signal, settleMs });
    },
    async pir(forMs, signal) {
      const line = watched(sensors, "pir");
      if (line === null) return null;
      const report = await watchLine(line, { clock, forMs, signal, settleMs: null });
      return { ...report, ...sensors.pirPast };
    },
    async chime(signal) {
      const sound = (): Promise<boolean> => sensors.soundOnce();
      const { chime } = sensors;
      if (chime !== null) return chimeHeard({ settings, clock, chime, sound, signal });
      await sound(); // says why there is none
      return null;
    },
    outside: (signal) => outside.ask(signal),
    async light(state: LightState | null) {
      demand?.end();
      demand = state === null ? null : sensors.demandLight(state, longestLightMs);
      const { name, state: slot } = stateOf(sensors, "light");
      return slot === "off" ? null : { name };
    },
    [Symbol.dispose]: () => demand?.end(),
  };
}

function stateOf(sensors: Sensors, role: "button" | "pir" | "chime" | "light") {
  const state = sensors.lineStates.find(({ line }) => line === role);
  if (state === undefined) throw new Fault("bug", `no line ${role}`);
  return state;
}

/** Null = off by settings. Throws Fault `unavailable` when it is not open. */
function watched(sensors: Sensors, role: "button" | "pir"): WatchedLine | null {
  const { state, name, active, bounces } = stateOf(sensors, role);
  if (state === "off") return null;
  if (state !== "ok") {
    const fault = sensors.status.find((each) => each.role === role)?.fault;
    throw new Fault("unavailable", fault?.message ?? `the ${role} is not open yet`, { hint: fault?.hint });
  }
  return {
    name,
    active: active ?? false,
    bounces,
    watch: (handler) =>
      sensors.lines.watch((news) => {
        if (news.type !== "moved" || news.line !== role || news.what === "driven") return;
        handler({ what: news.what, active: news.active, monoMs: news.monoMs });
      }),
  };
}
