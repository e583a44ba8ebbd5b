/**
 * Line feed: what the keeper feels on its inputs and does with its outputs, for whoever watches.
 *
 * Edges before debounce are asked of a driver only while somebody watches: they may cost the kernel's
 * debounce. A device that is opened anew meanwhile is felt again. Without a watcher this costs nothing.
 */
import type { Fault } from "../../../hal/fault.ts";
import type { Clock, LineEdge } from "../../../hal/sensors.ts";
import { Subscribers } from "../../../hal/subscribers.ts";
import type { LineMoved, LineNews, LineState } from "../../wire/control.ts";

type Input = "button" | "pir";

/** A device that may tell its bounces. */
export interface Bouncing {
  onBounce?(handler: (edge: LineEdge) => void): () => void;
  readonly counters?: { readonly missed: number };
}

export function tellsBounces(device: object | null): boolean {
  return device !== null && "onBounce" in device && device.onBounce !== undefined;
}

export class LineFeed {
  readonly #clock: Clock;
  readonly #watchers = new Subscribers<LineNews>();
  readonly #inputs = new Map<Input, Bouncing>();
  readonly #stops = new Map<Input, () => void>();
  #watching = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns its end. */
  watch(handler: (news: LineNews) => void): () => void {
    const off = this.#watchers.on(handler);
    this.#watching += 1;
    if (this.#watching === 1) for (const [line, device] of this.#inputs) this.#feel(line, device);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      off();
      this.#watching -= 1;
      if (this.#watching > 0) return;
      for (const stop of this.#stops.values()) stop();
      this.#stops.clear();
    };
  }

  /** An input was opened. */
  opened(line: Input, device: Bouncing): void {
    this.#inputs.set(line, device);
    this.#stops.delete(line); // of the device that was lost, and ended with it
    if (this.#watching > 0) this.#feel(line, device);
  }

  /** How a line is, when that changed. */
  state(state: LineState): void {
    this.#tell(state);
  }

  lost(line: LineState["line"], { kind, message }: Fault): void {
    this.#tell({ type: "lost", line, kind, message: message.slice(0, 500) });
  }

  edge(line: Input, edge: LineEdge): void {
    this.#moved(line, "edge", edge);
  }

  driven(line: "chime" | "light", what: Pick<LineMoved, "active" | "light">): void {
    const edge = { active: what.active, monoMs: this.#clock.monoMs(), wallMs: this.#clock.wallMs() };
    this.#moved(line, "driven", edge, what);
  }

  #feel(line: Input, device: Bouncing): void {
    let missed = device.counters?.missed ?? 0;
    const stop = device.onBounce?.((edge) => {
      const now = device.counters?.missed ?? missed;
      if (now > missed) this.#tell({ type: "missed", line, count: now - missed });
      missed = now;
      this.#moved(line, "bounce", edge);
    });
    if (stop !== undefined) this.#stops.set(line, stop);
  }

  #moved(
    line: LineMoved["line"],
    what: LineMoved["what"],
    { active, monoMs, wallMs, kernelNs }: LineEdge,
    more: Pick<LineMoved, "light"> = {},
  ): void {
    const kernel = kernelNs !== undefined;
    const ns = String(kernelNs ?? this.#nsAt(monoMs));
    this.#tell({ type: "moved", line, what, ...more, active, ns, kernel, monoMs, wallMs });
  }

  /** A moment of our clock on the one that all processes share. */
  #nsAt(monoMs: number): bigint {
    return process.hrtime.bigint() - BigInt(Math.round((this.#clock.monoMs() - monoMs) * 1e6));
  }

  #tell(news: LineNews): void {
    if (this.#watching > 0) this.#watchers.tell(news);
  }
}
