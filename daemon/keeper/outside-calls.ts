/**
 * Outside calls: the courier calls each host that the settings name, once, for a self-test that may.
 */
import type { Clock } from "../../hal/sensors.ts";
import type { KeeperToCourier } from "../wire/messages.ts";
import type { HostReach, Reached } from "../wire/reach.ts";
import { OneQuestion } from "./one-question.ts";

/** The courier itself gives each call 10 s, one that may go without TLS twice. */
const limitMs = 23_000;

export interface OutsideCallsOptions {
  readonly clock: Clock;
  readonly isThere: () => boolean;
  readonly send: (message: Extract<KeeperToCourier, { type: "reach" }>) => void;
}

export class OutsideCalls {
  readonly #send: OutsideCallsOptions["send"];
  readonly #question: OneQuestion<readonly HostReach[]>;

  constructor({ clock, isThere, send }: OutsideCallsOptions) {
    this.#send = send;
    this.#question = new OneQuestion({ clock, isThere, who: "the courier", does: "calls the hosts" });
  }

  /** Throws Fault `unavailable`, `timeout`, `cancelled`. */
  ask(signal: AbortSignal): Promise<readonly HostReach[]> {
    return this.#question.ask((reach) => this.#send({ type: "reach", reach }), { limitMs, signal });
  }

  handle({ reach, hosts }: Reached): void {
    this.#question.handle(reach, () => hosts);
  }

  clear(): void {
    this.#question.clear();
  }
}
