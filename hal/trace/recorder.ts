/**
 * Recorder: what the hardware tells, as moments of a trace.
 *
 * Zero is the moment of its making. Edges keep the kernel's stamp to the nanosecond; what no kernel
 * stamped has the Clock's. An outcome gets the very time of the edge that it began with. Nothing is
 * opened here, and where the moments go is the caller's.
 */
import type { FaultKind } from "../fault.ts";
import type { Clock, LightState, LineEdge } from "../sensors.ts";
import type { Moment } from "./format.ts";

export interface RecorderOptions {
  readonly clock: Clock;
  /** CLOCK_MONOTONIC. */
  readonly nowNs: () => bigint;
  readonly emit: (moment: Moment) => void;
}

/** An edge, and CLOCK_MONOTONIC as the process that felt it has it, where no kernel stamped it. */
export type StampedEdge = LineEdge & { readonly processNs?: bigint };

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

  edge(line: string, edge: StampedEdge): void {
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
  outcome(line: string, edge: Omit<StampedEdge, "wallMs">, raw: boolean): void {
    const { active, monoMs } = edge;
    const atNs = this.#edges.get(line)?.get(monoMs);
    if (raw && atNs === undefined) return this.opened(line, active);
    this.#emit({ type: "outcome", atNs: atNs ?? this.#edgeNs(edge), line, active });
  }

  opened(line: string, active: boolean | null): void {
    this.#emit({ type: "opened", atNs: this.atNs(), line, active });
  }

  missed(line: string, count: number): void {
    this.#emit({ type: "missed", atNs: this.atNs(), line, count });
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

  #edgeNs({ monoMs, kernelNs, processNs }: Omit<StampedEdge, "wallMs">): number {
    const ns = kernelNs ?? processNs;
    return ns === undefined ? this.atNs(monoMs) : Math.max(0, Number(ns - this.zeroNs));
  }

  #emit(moment: Moment): void {
    this.#options.emit(moment);
  }
}
