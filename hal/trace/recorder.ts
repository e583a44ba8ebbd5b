/**
 * Recorder: what the hardware tells, as moments of a trace.
 *
 * Zero is the moment of its making. Edges keep the kernel's stamp to the nanosecond; what no kernel
 * stamped has the Clock's. An outcome gets the very time of the edge that it began with. Nothing is
 * opened here, and where the moments go is the caller's.
 */
import { type FaultKind, toFault } from "../fault.ts";
import type { Clock, LightState, LineEdge } from "../sensors.ts";
import type { Moment } from "./format.ts";

export interface RecorderOptions {
  readonly clock: Clock;
  /** CLOCK_MONOTONIC. */
  readonly nowNs: () => bigint;
  readonly emit: (moment: Moment) => void;
}

/** A line that is to be recorded, whoever holds it. */
export interface Recordable {
  onBounce?(handler: (edge: LineEdge) => void): () => void;
  onLost(handler: (fault: Error) => void): () => void;
  readonly counters?: { readonly missed: number };
}

/** Edges of a line whose times are remembered for the outcome that follows. */
const remembered = 4_096;
/** The wall clock is looked at this often; a smaller leap within is the clock being steered. */
const wallEveryMs = 1_000;
const wallStepMs = 50;

export class Recorder {
  readonly zeroNs: bigint;
  readonly #options: RecorderOptions;
  readonly #zeroMonoMs: number;
  readonly #edges = new Map<string, Map<number, number>>();
  #wallAheadMs: number;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.zeroNs = options.nowNs();
    this.#zeroMonoMs = options.clock.monoMs();
    this.#wallAheadMs = options.clock.wallMs() - this.#zeroMonoMs;
  }

  /** Now, or that moment of the Clock, in the trace's time. */
  atNs(monoMs: number = this.#options.clock.monoMs()): number {
    return Math.max(0, Math.round((monoMs - this.#zeroMonoMs) * 1e6));
  }

  /** Edges, overruns and the loss of a line, from now on; returns its end. */
  follow(line: string, device: Recordable): () => void {
    let missed = device.counters?.missed ?? 0;
    const stops = [
      device.onBounce?.((edge) => {
        const now = device.counters?.missed ?? missed;
        if (now > missed) this.#emit({ type: "missed", atNs: this.#edgeNs(edge), line, count: now - missed });
        missed = now;
        this.edge(line, edge);
      }),
      device.onLost((error) => this.lost(line, toFault(error).kind)),
    ];
    return () => {
      for (const stop of stops) stop?.();
    };
  }

  edge(line: string, edge: LineEdge): void {
    const atNs = this.#edgeNs(edge);
    const known = this.#edges.get(line) ?? new Map<number, number>();
    this.#edges.set(line, known);
    known.set(edge.monoMs, atNs);
    const [oldest] = known.keys();
    if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    const stamp = edge.kernelNs === undefined ? { stamp: "process" as const } : {};
    this.#emit({ type: "edge", atNs, line, active: edge.active, ...stamp });
  }

  /** A press or PIR edge. `raw`: its edges are recorded too; one without edges only says how the line stands. */
  outcome(line: string, { active, monoMs }: Pick<LineEdge, "active" | "monoMs">, raw: boolean): void {
    const atNs = this.#edges.get(line)?.get(monoMs);
    if (raw && atNs === undefined) return this.opened(line, active);
    this.#emit({ type: "outcome", atNs: atNs ?? this.atNs(monoMs), line, active });
  }

  opened(line: string, active: boolean | null): void {
    this.#emit({ type: "opened", atNs: this.atNs(), line, active });
  }

  lost(line: string, fault: FaultKind): void {
    this.#emit({ type: "lost", atNs: this.atNs(), line, fault });
  }

  output(line: string, active: boolean, light?: LightState): void {
    this.#emit({
      type: "output",
      atNs: this.atNs(),
      line,
      active,
      ...(light === undefined ? {} : { light }),
    });
  }

  /** Steps of the wall clock, from now on; returns its end. */
  followWall(): () => void {
    const { clock } = this.#options;
    return clock.every(wallEveryMs, () => {
      const aheadMs = clock.wallMs() - clock.monoMs();
      const stepMs = Math.round(aheadMs - this.#wallAheadMs);
      this.#wallAheadMs = aheadMs;
      if (Math.abs(stepMs) >= wallStepMs) this.#emit({ type: "wall", atNs: this.atNs(), stepMs });
    });
  }

  #edgeNs({ monoMs, kernelNs }: LineEdge): number {
    return kernelNs === undefined ? this.atNs(monoMs) : Math.max(0, Number(kernelNs - this.zeroNs));
  }

  #emit(moment: Moment): void {
    this.#options.emit(moment);
  }
}
