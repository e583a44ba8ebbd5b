/**
 * Parcels: which are under way, and which are being taken back.
 *
 * One errand for each grant: a new order ends the one before, except that what is being carried already goes
 * on. Nothing outlives the link to the keeper: without its gate no chunk can be had, and it says again what is
 * under way when it is back.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import { toldFault } from "../told-fault.ts";
import type { ParcelOrder, StopOrder } from "./depot.ts";
import { forgetAt } from "./depots.ts";
import { Carriage, type CarryOptions } from "./carriage.ts";
import { FinalFault, pause, retryAfterMs } from "./retry.ts";

const mostErrands = 256;

interface Errand {
  readonly stop: AbortController;
  /** Null while it is being taken back. */
  readonly carriage: Carriage | null;
  readonly over: Promise<void>;
}

export class Parcels implements AsyncDisposable {
  readonly #options: CarryOptions;
  readonly #errands = new Map<string, Errand>();

  constructor(options: CarryOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#errands.size;
  }

  send(order: ParcelOrder): void {
    const before = this.#errands.get(order.grant);
    if (before !== undefined && before.carriage !== null) return;
    this.#options.stages.at("parcels").in += 1;
    const stop = new AbortController();
    const carriage = new Carriage(order, this.#options, stop.signal);
    this.#begin(order.grant, { stop, carriage, before }, () => carriage.run());
  }

  stop(order: StopOrder): void {
    const before = this.#errands.get(order.grant);
    const stop = new AbortController();
    this.#begin(order.grant, { stop, carriage: null, before }, () =>
      this.#takeBack({ ...order, location: before?.carriage?.location ?? order.location }, stop.signal),
    );
  }

  /** The keeper is away. */
  forget(): void {
    for (const { stop } of this.#errands.values()) stop.abort(new Fault("cancelled", "the keeper is away"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.forget();
    await Promise.all([...this.#errands.values()].map(({ over }) => over));
  }

  #begin(
    grant: string,
    { stop, carriage, before }: Pick<Errand, "stop" | "carriage"> & { readonly before: Errand | undefined },
    run: () => Promise<void>,
  ): void {
    if (before === undefined && this.#errands.size >= mostErrands) return this.#tooMany(grant);
    before?.stop.abort(new Fault("cancelled", "another order came"));
    const over = (async () => {
      await before?.over;
      await run();
    })()
      .catch(() => {}) // it was stopped; all else is told
      .finally(() => {
        if (this.#errands.get(grant)?.stop === stop) this.#errands.delete(grant);
      });
    this.#errands.set(grant, { stop, carriage, over });
  }

  async #takeBack(order: StopOrder, signal: AbortSignal): Promise<void> {
    const { clock, slots, tell } = this.#options;
    const state = { type: "parcel-state", grant: order.grant, state: "stopped", offset: 0 } as const;
    for (let failures = 1; ; failures += 1) {
      try {
        using _slot = await slots.take(signal);
        await forgetAt(order, this.#options, signal);
        return tell({ ...state, location: null });
      } catch (error) {
        signal.throwIfAborted();
        const fault = toFault(error);
        this.#options.stages.failed("parcels", fault);
        tell({ ...state, location: order.location, fault: toldFault(fault) });
        if (fault instanceof FinalFault) return;
      }
      await pause(retryAfterMs(failures), clock, signal);
    }
  }

  #tooMany(grant: string): void {
    const fault = new Fault("exhausted", `more than ${mostErrands} parcels are under way`);
    this.#options.stages.failed("parcels", fault);
    this.#options.tell({
      type: "parcel-state",
      grant,
      state: "sending",
      location: null,
      offset: 0,
      fault: toldFault(fault),
    });
  }
}
