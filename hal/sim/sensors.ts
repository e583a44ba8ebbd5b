/**
 * Simulated button, PIR, chime and light: the porch's presses and edges by the Clock.
 *
 * Porch time 0 is at `epochWallMs`; a sensor opened later joins at the current porch time and
 * what was before stays silent. Tests and the tester's page add their own: `press`, `edge`,
 * `lose`; these resolve when every handler has been called. Without a porch a sensor does
 * nothing by itself. Contracts: hal/sensors.ts.
 */
import { Fault } from "../fault.ts";
import type { Button, Chime, Clock, LightState, PirEdge, PirSensor, Press, StatusLight } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import { type PirPlan, porchScript } from "./porch/script.ts";
import { completeSettings, type PorchSettings } from "./porch/settings.ts";
import { SimWire } from "./wire.ts";

export interface SimSensorOptions {
  readonly clock: Clock;
  /** Wall time of porch time 0; default: the moment of opening. */
  readonly epochWallMs?: number;
  /** Whose presses and edges to play; absent = only what the methods ask for. */
  readonly porch?: PorchSettings;
}

export interface SimButton extends Button {
  press(): Promise<void>;
  lose(): Promise<void>;
}

export interface SimPir extends PirSensor {
  edge(active: boolean): Promise<void>;
  lose(): Promise<void>;
}

export interface SimChime extends Chime {
  /** How often it has sounded. */
  readonly sounded: number;
  readonly sounding: boolean;
}

export interface SimLight extends StatusLight {
  readonly state: LightState;
}

/** Handlers of one signal; each call reaches all of them from a task of its own. */
class Signal<T> extends Subscribers<T> {
  async emit(value: T): Promise<void> {
    await Promise.resolve();
    this.tell(value);
  }
}

/** How far ahead the script is asked; a porch without visitors is asked again after that. */
const lookAheadMs = 60_000;

interface Planned {
  readonly atMs: number;
}

/** Plays planned moments by the clock from now on; returns its stop. */
function play<T extends Planned>(
  options: SimSensorOptions,
  planned: (fromMs: number, toMs: number) => T[],
  handler: (moment: T) => void,
): () => void {
  const { clock } = options;
  const epochMonoMs = clock.monoMs() - porchNowMs(options);
  let doneMs = Math.max(0, clock.monoMs() - epochMonoMs);
  let cancel = (): void => {};
  const next = (): void => {
    const untilMs = doneMs + lookAheadMs;
    const coming = planned(doneMs, untilMs);
    const dueMs = coming[0]?.atMs ?? untilMs;
    cancel = clock.after(Math.max(0, epochMonoMs + dueMs - clock.monoMs()), () => {
      const due = coming.filter((moment) => moment.atMs === dueMs);
      doneMs = due.length === 0 ? dueMs : dueMs + 1e-3;
      for (const moment of due) handler(moment);
      next();
    });
  };
  next();
  return () => cancel();
}

function porchNowMs(options: SimSensorOptions): number {
  return options.epochWallMs === undefined ? 0 : options.clock.wallMs() - options.epochWallMs;
}

export function simButton(options: SimSensorOptions): SimButton {
  const presses = new Signal<Press>();
  const losses = new Signal<Error>();
  const wire = new SimWire(options.clock);
  const press = async (): Promise<void> => {
    const now = { monoMs: options.clock.monoMs(), wallMs: options.clock.wallMs() };
    await Promise.resolve();
    wire.press(now.monoMs, now.wallMs);
    presses.tell(now);
  };
  let stop = (): void => {};
  if (options.porch !== undefined) {
    const script = porchScript(completeSettings(options.porch));
    const moments = (fromMs: number, toMs: number): Planned[] =>
      script.presses(fromMs, toMs).map((atMs) => ({ atMs }));
    stop = play(options, moments, () => void press());
  }
  const end = (): void => {
    stop();
    presses.clear();
    wire.clear();
  };
  return {
    name: "sim button",
    onPress: (handler) => presses.on(handler),
    onBounce: (handler) => wire.on(handler),
    onLost: (handler) => losses.on(handler),
    press,
    async lose() {
      end();
      await losses.emit(new Fault("unavailable", "simulated button was unplugged"));
      losses.clear();
    },
    async [Symbol.asyncDispose]() {
      end();
      losses.clear();
    },
  };
}

export function simPir(options: SimSensorOptions): SimPir {
  const edges = new Signal<PirEdge>();
  const losses = new Signal<Error>();
  const wire = new SimWire(options.clock);
  let active = false;
  const edge = async (now: boolean): Promise<void> => {
    if (now === active) return;
    active = now;
    const [monoMs, wallMs] = [options.clock.monoMs(), options.clock.wallMs()];
    await Promise.resolve();
    wire.level(now, monoMs, wallMs);
    edges.tell({ active: now, monoMs, wallMs });
  };
  let stop = (): void => {};
  if (options.porch !== undefined) {
    const script = porchScript(completeSettings(options.porch));
    active = script.pirActiveAt(porchNowMs(options));
    const moments = (fromMs: number, toMs: number): PirPlan[] => script.pirEdges(fromMs, toMs);
    stop = play(options, moments, (moment) => void edge(moment.active));
  }
  const end = (): void => {
    stop();
    edges.clear();
    wire.clear();
  };
  return {
    name: "sim pir",
    get active() {
      return active;
    },
    onEdge: (handler) => edges.on(handler),
    onBounce: (handler) => wire.on(handler),
    onLost: (handler) => losses.on(handler),
    edge,
    async lose() {
      end();
      await losses.emit(new Fault("unavailable", "simulated PIR sensor was unplugged"));
      losses.clear();
    },
    async [Symbol.asyncDispose]() {
      end();
      losses.clear();
    },
  };
}

export interface SimChimeOptions {
  readonly clock: Clock;
  readonly soundMs?: number;
}

export function simChime(options: SimChimeOptions): SimChime {
  const { clock, soundMs = 600 } = options;
  let sounded = 0;
  let cancel: (() => void) | null = null;
  return {
    name: "sim chime",
    get sounded() {
      return sounded;
    },
    get sounding() {
      return cancel !== null;
    },
    async sound() {
      if (cancel !== null) return;
      sounded += 1;
      cancel = clock.after(soundMs, () => {
        cancel = null;
      });
    },
    async [Symbol.asyncDispose]() {
      cancel?.();
      cancel = null;
    },
  };
}

export function simLight(): SimLight {
  let state: LightState = "off";
  return {
    name: "sim light",
    get state() {
      return state;
    },
    async show(next) {
      state = next;
    },
    async [Symbol.asyncDispose]() {
      state = "off";
    },
  };
}
