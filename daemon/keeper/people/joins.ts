/**
 * Joins: people at the door of the household, waiting for an owner to enrol them.
 *
 * In memory only, bounded, and gone after a quarter of an hour by the monotonic clock. Nothing is
 * granted here: an owner's signed record lets somebody in, this only carries their public keys.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Applicant } from "../../household/record.ts";
import { checkNumber } from "../../identity/check-number.ts";
import type { Join } from "../../wire/api-household.ts";
import { newId } from "../../wire/id.ts";

export const joinMs = 15 * 60_000;
const maxWaiting = 16;
const maxKnown = 64;

interface Kept {
  readonly join: Join;
  readonly endMonoMs: number;
  refused: boolean;
}

export interface JoinsOptions {
  readonly clock: Clock;
  readonly isEnrolled: (signKey: string) => boolean;
}

export class Joins {
  readonly #options: JoinsOptions;
  readonly #known = new Map<string, Kept>();

  constructor(options: JoinsOptions) {
    this.#options = options;
  }

  get waiting(): Join[] {
    return [...this.#known.values()]
      .filter((kept) => this.#state(kept) === "waiting")
      .map(({ join }) => join);
  }

  /** Asking again with the same key takes the place of the first. Throws Fault `exhausted` when full. */
  ask(applicant: Applicant): Join {
    const { clock } = this.#options;
    if (this.#options.isEnrolled(applicant.signKey))
      throw new Fault("invalid", "this key is enrolled already", { hint: "sign in with it" });
    for (const [id, kept] of this.#known) {
      if (kept.join.signKey === applicant.signKey) this.#known.delete(id);
    }
    if (this.waiting.length >= maxWaiting)
      throw new Fault("unavailable", `${maxWaiting} people are waiting already`, { hint: "ask again later" });
    const wallMs = Math.round(clock.wallMs());
    const join = { ...applicant, id: newId(wallMs), check: checkNumber(applicant), askedWallMs: wallMs };
    this.#known.set(join.id, { join, endMonoMs: clock.monoMs() + joinMs, refused: false });
    for (const oldest of this.#known.keys()) if (this.#known.size > maxKnown) this.#known.delete(oldest);
    return join;
  }

  /** Null = never heard of it, or long ago. */
  stateOf(id: string): { state: "waiting" | "enrolled" | "refused" | "expired"; check: string } | null {
    const kept = this.#known.get(id);
    return kept === undefined ? null : { state: this.#state(kept), check: kept.join.check };
  }

  refuse(id: string): void {
    const kept = this.#known.get(id);
    if (kept === undefined || this.#state(kept) !== "waiting")
      throw new Fault("not-found", `nobody with the id ${id} is waiting`);
    kept.refused = true;
  }

  #state({ join, endMonoMs, refused }: Kept): "waiting" | "enrolled" | "refused" | "expired" {
    if (this.#options.isEnrolled(join.signKey)) return "enrolled";
    if (refused) return "refused";
    return this.#options.clock.monoMs() < endMonoMs ? "waiting" : "expired";
  }
}
