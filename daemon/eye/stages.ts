/**
 * Stages: what went in, came out and was dropped, for every step of the main path.
 */
import type { EyeStatus } from "../wire/messages.ts";

export interface Stage {
  readonly name: string;
  in: number;
  out: number;
  dropped: number;
  lastError?: string;
}

export type StageName = "camera" | "guard" | "mask" | "motion" | "encode" | "record" | "live" | "still";

export class Stages {
  readonly #stages = new Map<StageName, Stage>();

  at(name: StageName): Stage {
    const known = this.#stages.get(name);
    if (known !== undefined) return known;
    const stage: Stage = { name, in: 0, out: 0, dropped: 0 };
    this.#stages.set(name, stage);
    return stage;
  }

  list(): EyeStatus["stages"] {
    return [...this.#stages.values()].map((stage) => ({ ...stage }));
  }
}
