/**
 * The small hardware: button, PIR, chime, status light, clock.
 *
 * Contracts, proven by test/contract/ against every driver (sim, gpio, replay):
 * - `on...` subscribes and returns its unsubscribe; handlers are called in order, one at a time,
 *   from the event loop, never from inside the subscribing call. A handler that throws is a bug
 *   of the subscriber and does not stop the others.
 * - An input line that is missing, busy or forbidden is a Fault from the driver's `open`
 *   (`not-found`, `unavailable`, `denied`) with a hint; the caller retries with back-off.
 * - Outputs never throw for being used twice; they reject with a Fault when the hardware fails.
 */

/** Opens one piece of small hardware, or rejects with a Fault (see above). Can be opened again after a loss. */
export interface SensorDriver<T> {
  open(): Promise<T>;
}

/** One debounced press of the button. */
export interface Press {
  /** Clock.monoMs at the edge (kernel time stamp where there is one). */
  readonly monoMs: number;
  readonly wallMs: number;
}

/** A level that the wire took, before debounce. */
export interface LineEdge {
  readonly active: boolean;
  readonly monoMs: number;
  readonly wallMs: number;
  /** As the kernel stamped it (CLOCK_MONOTONIC); absent = no kernel did. */
  readonly kernelNs?: bigint;
}

export interface Button extends AsyncDisposable {
  readonly name: string;
  /** Level now, after debounce; absent = this driver does not know. */
  readonly active?: boolean;
  onPress(handler: (press: Press) => void): () => void;
  /** Every edge before debounce, both ways; absent = this driver cannot tell them. Presses go on meanwhile. */
  onBounce?(handler: (edge: LineEdge) => void): () => void;
  /** Called once when the line is lost (chip unplugged); open a new one after that. */
  onLost(handler: (fault: Error) => void): () => void;
}

/** PIR edge: the sensor's output went active or inactive. */
export interface PirEdge {
  readonly active: boolean;
  readonly monoMs: number;
  readonly wallMs: number;
}

export interface PirSensor extends AsyncDisposable {
  readonly name: string;
  readonly active: boolean;
  onEdge(handler: (edge: PirEdge) => void): () => void;
  /** As the button's. */
  onBounce?(handler: (edge: LineEdge) => void): () => void;
  onLost(handler: (fault: Error) => void): () => void;
}

export interface Chime extends AsyncDisposable {
  readonly name: string;
  /** Sounds once. A call while it sounds is ignored (resolves at once). */
  sound(): Promise<void>;
}

export type LightState = "off" | "idle" | "recording" | "live" | "fault";

export interface StatusLight extends AsyncDisposable {
  readonly name: string;
  show(state: LightState): Promise<void>;
}

/**
 * Time as a peripheral: every component takes a Clock, none calls Date.now or setTimeout itself.
 * `monoMs` for intervals, `wallMs` for people; wall times are never subtracted.
 */
export interface Clock {
  monoMs(): number;
  wallMs(): number;
  /** Calls back once after `ms`; returns its cancel. */
  after(ms: number, handler: () => void): () => void;
  /** Calls back every `ms`; returns its cancel. A late tick is not made up for. */
  every(ms: number, handler: () => void): () => void;
}
