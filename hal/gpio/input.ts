/**
 * Input: one line as debounced edges in the Clock's time.
 *
 * line (kernel) -> reader -> debounce, where the kernel does not do it -> edge.
 * The kernel stamps an edge when it happens. Its age at the moment of reading is taken off the
 * Clock, so that a busy process tells the right time, though late.
 */
import { type Fault, toFault } from "../fault.ts";
import type { Clock } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import { type DebounceStep, type Edge, bounce, settle, startDebounce, waitMs } from "./debounce.ts";
import { type Line, type LineOptions, openInputLine, readLine } from "./line.ts";
import { readEvents } from "./reader.ts";
import type { LineEvent } from "./uapi.ts";

export interface InputOptions extends LineOptions {
  readonly debounceMs: number;
  readonly clock: Clock;
}

export interface InputEdge {
  readonly active: boolean;
  readonly monoMs: number;
  readonly wallMs: number;
}

export interface InputCounters {
  /** As they came from the kernel, before debounce in the process. */
  readonly edges: number;
  /** Lost because the kernel's queue overran. */
  readonly missed: number;
}

export interface Input extends AsyncDisposable {
  readonly name: string;
  /** True: the kernel debounces this line. False: it refused, and this process does. */
  readonly kernelDebounce: boolean;
  readonly counters: InputCounters;
  /** The level last told, or at the opening. */
  readonly active: boolean;
  onEdge(handler: (edge: InputEdge) => void): () => void;
  onLost(handler: (fault: Error) => void): () => void;
}

/** Rejects with a Fault: `not-found`, `denied`, `unavailable` (busy), `invalid` (no such line). */
export async function openInput(options: InputOptions): Promise<Input> {
  const line = await openInputLine(options, options.debounceMs);
  try {
    return startInput(line, readLine(line), options);
  } catch (error) {
    line.kernel.close(line.fd);
    throw toFault(error, `cannot read ${line.name}`);
  }
}

function startInput(line: Line, initiallyActive: boolean, options: InputOptions): Input {
  const { clock, debounceMs } = options;
  const edges = new Subscribers<InputEdge>();
  const losses = new Subscribers<Error>();
  let active = initiallyActive;
  let debounce = startDebounce(initiallyActive);
  let cancelWait = (): void => {};

  const tell = (edge: Edge): void => {
    active = edge.active;
    const ageMs = clock.monoMs() - edge.atMs;
    edges.tell({ active, monoMs: edge.atMs, wallMs: Math.round(clock.wallMs() - ageMs) });
  };
  const take = (step: DebounceStep): void => {
    debounce = step.state;
    if (step.change !== null) tell(step.change);
  };
  const wait = (): void => {
    cancelWait();
    const ms = waitMs(debounce, clock.monoMs(), debounceMs);
    if (ms === null) return;
    cancelWait = clock.after(ms, () => {
      reader.drain(); // an edge that came before this moment may still be unread
      take(settle(debounce, clock.monoMs(), debounceMs));
      wait();
    });
  };
  const onEvents = (events: readonly LineEvent[]): void => {
    const nowNs = line.kernel.nowNs();
    const nowMs = clock.monoMs();
    for (const event of events) {
      const ageMs = Math.max(0, Number(nowNs - event.timestampNs) / 1e6);
      const edge = { active: event.active, atMs: nowMs - ageMs };
      if (line.kernelDebounce) tell(edge);
      else take(bounce(debounce, edge, debounceMs));
    }
    if (!line.kernelDebounce) wait();
  };
  const onLost = (fault: Fault): void => {
    cancelWait();
    losses.tell(fault);
  };
  const reader = readEvents({ fd: line.fd, kernel: line.kernel, onEvents, onLost });

  return {
    name: line.name,
    kernelDebounce: line.kernelDebounce,
    counters: reader.counters,
    get active() {
      return active;
    },
    onEdge: (handler) => edges.on(handler),
    onLost: (handler) => losses.on(handler),
    async [Symbol.asyncDispose]() {
      cancelWait();
      reader.close();
      edges.clear();
      losses.clear();
    },
  };
}
