/**
 * Input: one line as debounced edges in the Clock's time.
 *
 * line (kernel) -> reader -> debounce, where the kernel does not do it -> edge.
 * The kernel stamps an edge when it happens. Its age at the moment of reading is taken off the
 * Clock, so that a busy process tells the right time, though late.
 *
 * While somebody listens to bounces the kernel's debounce is off and this process's rule stands in
 * for it (the same rule): the kernel has no way to tell both. It goes back once the line is quiet.
 */
import { type Fault, toFault } from "../fault.ts";
import type { Clock, LineEdge } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import { type DebounceStep, type Edge, bounce, settle, startDebounce, waitMs } from "./debounce.ts";
import { type Line, type LineOptions, openInputLine, readLine, setKernelDebounce } from "./line.ts";
import { readEvents } from "./reader.ts";
import type { LineEvent } from "./uapi.ts";

/**
 * How often a quiet line is asked whether it is still there. Kernels before 6.6 take a chip away
 * without waking whoever waits for its edges: an unplugged button would be silent for ever.
 */
const lookEveryMs = 5_000;

export interface InputOptions extends LineOptions {
  readonly debounceMs: number;
  readonly clock: Clock;
}

export interface InputCounters {
  /** As they came from the kernel, before debounce in the process. */
  readonly edges: number;
  /** Lost because the kernel's queue overran. */
  readonly missed: number;
}

export interface Input extends AsyncDisposable {
  readonly name: string;
  /** True: the kernel debounces this line. False: it refused, or bounces are listened to, and this process does. */
  readonly kernelDebounce: boolean;
  readonly counters: InputCounters;
  /** The level last told, or at the opening. */
  readonly active: boolean;
  onEdge(handler: (edge: LineEdge) => void): () => void;
  /** Before debounce; where the kernel will not let go of its debounce, what it lets through. */
  onBounce(handler: (edge: LineEdge) => void): () => void;
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
  const edges = new Subscribers<LineEdge>();
  const bounces = new Subscribers<LineEdge>();
  const losses = new Subscribers<Error>();
  let active = initiallyActive;
  let kernelDebounce = line.kernelDebounce;
  let listeners = 0;
  let debounce = startDebounce(initiallyActive);
  let cancelWait = (): void => {};

  const told = ({ active, atMs }: Edge): LineEdge => {
    return { active, monoMs: atMs, wallMs: Math.round(clock.wallMs() - (clock.monoMs() - atMs)) };
  };
  const tell = (edge: Edge): void => {
    active = edge.active;
    edges.tell(told(edge));
  };
  const take = (step: DebounceStep): void => {
    debounce = step.state;
    if (step.change !== null) tell(step.change);
  };
  const wait = (): void => {
    cancelWait();
    const ms = waitMs(debounce, clock.monoMs(), debounceMs);
    if (ms === null) return restore();
    cancelWait = clock.after(ms, () => {
      reader.drain(); // an edge that came before this moment may still be unread
      take(settle(debounce, clock.monoMs(), debounceMs));
      wait();
    });
  };
  const levelNow = (): boolean => {
    try {
      return readLine(line);
    } catch {
      return active; // the line is being lost, which is told in its own way
    }
  };
  /** From one way of debouncing to the other, at the level that the line has now. */
  const setDebounce = (byKernel: boolean): void => {
    reader.drain();
    if (!reader.open || !setKernelDebounce(line, byKernel)) return;
    kernelDebounce = byKernel;
    debounce = startDebounce(active);
    const edge = { active: levelNow(), atMs: clock.monoMs() };
    if (edge.active === active) return;
    if (byKernel) tell(edge);
    else take(bounce(debounce, edge, debounceMs));
  };
  /** Nobody listens any more and nothing is under way: the kernel debounces again. */
  const restore = (): void => {
    if (listeners === 0 && line.kernelDebounce && !kernelDebounce) setDebounce(true);
  };
  const onEvents = (events: readonly LineEvent[]): void => {
    const nowNs = line.kernel.nowNs();
    const nowMs = clock.monoMs();
    for (const { active: level, timestampNs } of events) {
      const ageMs = Math.max(0, Number(nowNs - timestampNs) / 1e6);
      const edge = { active: level, atMs: nowMs - ageMs };
      bounces.tell({ ...told(edge), kernelNs: timestampNs });
      if (kernelDebounce) tell(edge);
      else take(bounce(debounce, edge, debounceMs));
    }
    if (!kernelDebounce) wait();
  };
  const onBounce = (handler: (edge: LineEdge) => void): (() => void) => {
    const off = bounces.on(handler);
    listeners += 1;
    if (listeners === 1 && kernelDebounce && line.request.debounceUs > 0) setDebounce(false);
    if (!kernelDebounce && reader.open) wait();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      off();
      listeners -= 1;
      if (debounce.burst === null) restore();
    };
  };
  const stop = (): void => {
    cancelWait();
    stopLooking();
  };
  const onLost = (fault: Fault): void => {
    stop();
    losses.tell(fault);
  };
  const reader = readEvents({ fd: line.fd, kernel: line.kernel, onEvents, onLost });
  const stopLooking = clock.every(lookEveryMs, () => {
    try {
      readLine(line);
    } catch (error) {
      reader.lose(toFault(error, `${line.name} was taken away`));
    }
  });

  return {
    name: line.name,
    get kernelDebounce() {
      return kernelDebounce;
    },
    counters: reader.counters,
    get active() {
      return active;
    },
    onEdge: (handler) => edges.on(handler),
    onBounce,
    onLost: (handler) => losses.on(handler),
    async [Symbol.asyncDispose]() {
      stop();
      reader.close();
      edges.clear();
      bounces.clear();
      losses.clear();
    },
  };
}
