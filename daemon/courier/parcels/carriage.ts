/**
 * Carriage: one parcel, chunk by chunk, until it is there or the keeper's gate says no.
 *
 * Each chunk is asked for when the one before has arrived, so that a revocation takes effect within one. A
 * failed attempt is made again after a while, from where the depot is. Told: where the parcel lies, how
 * far it is after each chunk, what it waits for, and how it ended.
 *
 * Rejects only with the signal's reason: whoever stops it tells of it.
 */
import { toFault, type Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { CourierToKeeper, GateRefusal } from "../../wire/messages.ts";
import type { Stages } from "../stages.ts";
import { toldFault } from "../told-fault.ts";
import { Refusal, type ChunkDesk } from "./chunk-desk.ts";
import type { ParcelOrder } from "./depot.ts";
import { depotOf, forgetAt, type DepotOptions } from "./depots.ts";
import { FinalFault, pause, retryAfterMs } from "./retry.ts";
import type { Slots } from "./slots.ts";

export type ParcelState = Extract<CourierToKeeper, { type: "parcel-state" }>;

export interface CarryOptions extends DepotOptions {
  readonly clock: Clock;
  readonly desk: ChunkDesk;
  readonly slots: Slots;
  readonly stages: Stages;
  readonly tell: (state: ParcelState) => void;
}

/** The gate may think better of these by itself. */
const passing = new Set<GateRefusal>(["clock-not-trusted", "intent-not-durable"]);

export class Carriage {
  readonly #order: ParcelOrder;
  readonly #options: CarryOptions;
  readonly #signal: AbortSignal;
  #location: string | null;
  #offset = 0;
  #failures = 0;

  constructor(order: ParcelOrder, options: CarryOptions, signal: AbortSignal) {
    this.#order = order;
    this.#options = options;
    this.#signal = signal;
    this.#location = order.location;
  }

  /** Where it lies at the dock; null = nowhere yet, or a name is enough. */
  get location(): string | null {
    return this.#location;
  }

  async run(): Promise<void> {
    for (;;) {
      try {
        using _slot = await this.#options.slots.take(this.#signal);
        await this.#attempt();
        this.#tell("delivered");
        this.#options.stages.at("parcels").out += 1;
        return;
      } catch (error) {
        this.#signal.throwIfAborted();
        const fault = toFault(error);
        this.#options.stages.failed("parcels", fault);
        if (fault instanceof Refusal && !passing.has(fault.reason)) return this.#refused(fault);
        if (fault instanceof FinalFault) return this.#tell("failed", fault);
        this.#failures += 1;
        this.#tell("sending", fault);
      }
      await pause(retryAfterMs(this.#failures), this.#options.clock, this.#signal);
    }
  }

  async #attempt(): Promise<void> {
    const { grant, bytes } = this.#order;
    const { desk, stages } = this.#options;
    await using depot = depotOf({ ...this.#order, location: this.#location }, this.#options, this.#signal);
    this.#offset = await depot.open();
    this.#location = depot.location;
    this.#tell("sending");
    while (this.#offset < bytes) {
      const chunk = await desk.take(grant, this.#offset, this.#signal);
      if (chunk.length > bytes - this.#offset) throw tooMuch();
      this.#offset = await depot.append(this.#offset, chunk);
      this.#failures = 0;
      stages.at("chunks").out += 1;
      this.#tell("sending");
    }
    await depot.finish();
  }

  /** What was sent so far is worth nothing to anybody any more; unless the owner only paused it. */
  async #refused(refusal: Refusal): Promise<void> {
    const { grant, deliverTo } = this.#order;
    if (refusal.reason !== "not-sending") {
      const order = {
        type: "parcel-stop",
        grant,
        deliverTo,
        location: this.#location,
        forget: false,
      } as const;
      await forgetAt(order, this.#options, this.#signal).catch(() => {}); // the keeper says parcel-stop as well
    }
    this.#signal.throwIfAborted();
    this.#tell("stopped", refusal);
  }

  #tell(state: ParcelState["state"], fault?: Fault): void {
    this.#options.tell({
      type: "parcel-state",
      grant: this.#order.grant,
      state,
      location: this.#location,
      offset: this.#offset,
      ...(fault === undefined ? {} : { fault: toldFault(fault) }),
    });
  }
}

function tooMuch(): FinalFault {
  return new FinalFault("bug", "the keeper handed over more than the parcel has");
}
