/**
 * Stages: what each step of a process took in, passed on and dropped; the status page shows them.
 *
 * A step is there from the first time it is asked for. Eye and courier name their own.
 */
import type { Fault } from "../../hal/fault.ts";

export interface Stage {
  readonly name: string;
  in: number;
  out: number;
  dropped: number;
  lastError?: string;
}

export class StageCounters<Name extends string> {
  readonly #stages = new Map<Name, Stage>();

  at(name: Name): Stage {
    const known = this.#stages.get(name);
    if (known !== undefined) return known;
    const stage: Stage = { name, in: 0, out: 0, dropped: 0 };
    this.#stages.set(name, stage);
    return stage;
  }

  failed(name: Name, { message }: Fault): void {
    const stage = this.at(name);
    stage.dropped += 1;
    stage.lastError = message;
  }

  /** Copies, in the order of their first use. */
  list(): Stage[] {
    return [...this.#stages.values()].map((stage) => ({ ...stage }));
  }
}
