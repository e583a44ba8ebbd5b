/**
 * Simulated button, PIR, chime and light: the porch's presses and edges by the Clock.
 *
 * Porch time 0 is at `epochWallMs`; a sensor opened later joins at the current porch time and
 * what was before stays silent. Tests and the tester's page add their own: `press`, `edge`,
 * `lose`; these resolve when every handler has been called. Without a porch a sensor does
 * nothing by itself. `fault` (fault/list.ts) breaks one of them. Contracts: hal/sensors.ts.
 */
import { Fault } from "../fault.ts";
import type { Button, Chime, Clock, LightState, PirEdge, PirSensor, Press, StatusLight } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import type { SimFault } from "./fault/list.ts";
import { pressEdges, pressesOf, restingLevel } from "./fault/wire.ts";
import { type PirPlan, porchScript } from "./porch/script.ts";
import { completeSettings, type PorchSettings } from "./porch/settings.ts";
import { SimWire } from "./wire.ts";

export interface SimSensorOptions {
  readonly clock: Clock;
  /** Wall time of porch time 0; default: the moment of opening. */
  readonly epochWallMs?: number;
  /** Whose presses and edges to play; absent = only what the methods ask for. */
  readonly porch?: PorchSettings;
  readonly fault?: SimFault;
}

export interface SimButtonOptions extends SimSensorOptions {
  /** Of a press that bounces (fault/wire.ts); default 20. */
  readonly debounceMs?: number;
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
  /** Can it be heard now? */
  readonly audible: boolean;
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

export function simButton(options: SimButtonOptions): SimButton {
  const { clock, fault = "none", debounceMs = 20 } = options;
  const presses = new Signal<Press>();
  const losses = new Signal<Error>();
  const wire = new SimWire(clock);
  const pending = new Set<() => void>();
  const isWorn = fault.startsWith("button-");
  let active = restingLevel(fault);
  const later = (ms: number, act: () => void): void => {
    const cancel = clock.after(ms, () => {
      pending.delete(cancel);
      act();
    });
    pending.add(cancel);
  };
  const pressWorn = ({ monoMs, wallMs }: Press): void => {
    for (const edge of pressEdges(fault))
      later(edge.atMs, () => {
        active = edge.active;
        wire.level(active, clock.monoMs(), clock.wallMs());
      });
    for (const { pressMs, certainMs } of pressesOf(fault, debounceMs))
      later(certainMs, () => presses.tell({ monoMs: monoMs + pressMs, wallMs: wallMs + pressMs }));
  };
  const press = async (): Promise<void> => {
    const now = { monoMs: clock.monoMs(), wallMs: clock.wallMs() };
    await Promise.resolve();
    if (isWorn) return pressWorn(now);
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
    for (const cancel of pending) cancel();
    pending.clear();
    presses.clear();
    wire.clear();
  };
  return {
    name: "sim button",
    get active() {
      return active;
    },
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

/** A sensor gone wild goes to and fro this fast. */
const restlessMs = 1_500;

export function simPir(options: SimSensorOptions): SimPir {
  const { clock, fault = "none" } = options;
  const edges = new Signal<PirEdge>();
  const losses = new Signal<Error>();
  const wire = new SimWire(clock);
  const isDumb = fault === "pir-stuck" || fault === "pir-dead";
  const wired = (level: boolean): boolean => (fault === "pir-inverted" ? !level : level);
  let active = fault === "pir-stuck" || wired(false);
  const edge = async (level: boolean): Promise<void> => {
    const now = wired(level);
    if (isDumb || now === active) return;
    active = now;
    const [monoMs, wallMs] = [clock.monoMs(), clock.wallMs()];
    await Promise.resolve();
    wire.level(now, monoMs, wallMs);
    edges.tell({ active: now, monoMs, wallMs });
  };
  let stop = (): void => {};
  if (fault === "pir-restless") stop = clock.every(restlessMs, () => void edge(!active));
  else if (options.porch !== undefined && !isDumb) {
    const script = porchScript(completeSettings(options.porch));
    active = wired(script.pirActiveAt(porchNowMs(options)));
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
  readonly fault?: SimFault;
}

export function simChime(options: SimChimeOptions): SimChime {
  const { clock, soundMs = 600, fault } = options;
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
    get audible() {
      return cancel !== null && fault !== "chime-silent";
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

export function simLight({ fault }: { readonly fault?: SimFault } = {}): SimLight {
  let state: LightState = "off";
  return {
    name: "sim light",
    get state() {
      return state;
    },
    async show(next) {
      if (fault === "light-broken")
        throw new Fault("unavailable", "the simulated light does not answer", { hint: "look at its wires" });
      state = next;
    },
    async [Symbol.asyncDispose]() {
      state = "off";
    },
  };
}
