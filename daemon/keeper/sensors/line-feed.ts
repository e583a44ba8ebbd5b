/**
 * Line feed: what the keeper feels on its inputs and does with its outputs, for whoever watches.
 *
 * Edges before debounce are asked of a driver only while somebody watches: they may cost the kernel's
 * debounce. A device that is opened anew meanwhile is felt again. Without a watcher this costs nothing.
 */
import type { Clock, LineEdge } from "../../../hal/sensors.ts";
import { Subscribers } from "../../../hal/subscribers.ts";
import type { LineMoved } from "../../wire/control.ts";

type Input = "button" | "pir";

/** A device that may tell its bounces. */
export interface Bouncing {
  onBounce?(handler: (edge: LineEdge) => void): () => void;
}

export function tellsBounces(device: Bouncing | null): boolean {
  return device !== null && "onBounce" in device && device.onBounce !== undefined;
}

export class LineFeed {
  readonly #clock: Clock;
  readonly #watchers = new Subscribers<LineMoved>();
  readonly #inputs = new Map<Input, Bouncing>();
  readonly #stops = new Map<Input, () => void>();
  #watching = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns its end. */
  watch(handler: (moved: LineMoved) => void): () => void {
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

  edge(line: Input, { active, monoMs, wallMs }: LineEdge): void {
    this.#tell({ type: "moved", line, what: "edge", active, monoMs, wallMs });
  }

  driven(line: "chime" | "light", what: Pick<LineMoved, "active" | "light">): void {
    const { monoMs, wallMs } = { monoMs: this.#clock.monoMs(), wallMs: this.#clock.wallMs() };
    this.#tell({ type: "moved", line, what: "driven", ...what, monoMs, wallMs });
  }

  #feel(line: Input, device: Bouncing): void {
    const stop = device.onBounce?.(({ active, monoMs, wallMs }) =>
      this.#tell({ type: "moved", line, what: "bounce", active, monoMs, wallMs }),
    );
    if (stop !== undefined) this.#stops.set(line, stop);
  }

  #tell(moved: LineMoved): void {
    if (this.#watching > 0) this.#watchers.tell(moved);
  }
}
