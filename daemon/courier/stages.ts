/**
 * Stages: what the courier took in, passed on and dropped; the status page shows them.
 */
import type { Fault } from "../../hal/fault.ts";
import type { CourierStatus } from "../wire/messages.ts";

export interface Stage {
  readonly name: string;
  in: number;
  out: number;
  dropped: number;
  lastError?: string;
}

export type StageName = "feed" | "feed entries" | "parcels" | "chunks" | "docks";

export class Stages {
  readonly #stages = new Map<StageName, Stage>();

  at(name: StageName): Stage {
    const known = this.#stages.get(name);
    if (known !== undefined) return known;
    const stage: Stage = { name, in: 0, out: 0, dropped: 0 };
    this.#stages.set(name, stage);
    return stage;
  }

  failed(name: StageName, { message }: Fault): void {
    const stage = this.at(name);
    stage.dropped += 1;
    stage.lastError = message;
  }

  list(): CourierStatus["stages"] {
    return [...this.#stages.values()].map((stage) => ({ ...stage }));
  }
}
