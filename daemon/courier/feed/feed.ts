/**
 * Feed: rounds on their schedule, each from where the keeper says, told to the keeper.
 *
 * The schedule begins when the keeper is there for the first time, so that the first round does not fall into its start.
 * One round at a time; one that is due while another runs, or while the keeper is away, does not take place
 * and is not made up for. After a whole round it goes on from there by itself, and only the keeper's answer to the
 * last one changes that: how long the keeper takes (which may depend on what it found) must not show in what
 * is asked next. Each round has a connection of its own. When the link breaks the round ends: the
 * keeper forgets what it had of it.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Link } from "../../wire/link.ts";
import type { CourierToKeeper } from "../../wire/messages.ts";
import { toldFault } from "../told-fault.ts";
import type { HttpClient } from "../http/client.ts";
import type { Stages } from "../stages.ts";
import { feedRound } from "./round.ts";
import { startSchedule } from "./schedule.ts";

export interface FeedOptions {
  /** portal.url; empty = no feed. */
  readonly portal: string;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly link: Pick<Link<CourierToKeeper>, "send" | "unsentBytes">;
  readonly newClient: () => HttpClient;
  readonly stages: Stages;
}

/** Two of the largest bundles fit into what a link holds. */
const mostUnsentBytes = 4 * 1024 * 1024;
const lookAgainMs = 20;

export class Feed implements AsyncDisposable {
  readonly #options: FeedOptions;
  /** Null = the keeper was never there yet. */
  #cancel: (() => void) | null = null;
  #from: number | null = null;
  /** Rounds, and the greeting, to which the keeper has not said where to go on. */
  #unanswered = 0;
  #round: { readonly stop: AbortController; readonly over: Promise<void> } | null = null;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** The keeper is there, and will say where to begin. */
  greet(): void {
    this.#unanswered = 1;
  }

  /** The keeper has checked so much. It says so once after each round. */
  goOnFrom(size: number): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    if (this.#unanswered === 0) this.#from = size;
    if (this.#options.portal !== "") this.#cancel ??= startSchedule(this.#options, () => this.#begin());
  }

  /** The keeper is away. */
  forget(): void {
    this.#from = null;
    this.#round?.stop.abort(new Fault("cancelled", "the keeper is away"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancel?.();
    this.forget();
    await this.#round?.over;
  }

  #begin(): void {
    const from = this.#from;
    if (from === null || this.#round !== null) return;
    this.#unanswered += 1;
    const stop = new AbortController();
    const over = this.#run(from, stop.signal).finally(() => {
      this.#round = null;
    });
    this.#round = { stop, over };
  }

  async #run(from: number, signal: AbortSignal): Promise<void> {
    const { portal, clock, link, newClient, stages } = this.#options;
    stages.at("feed").in += 1;
    using client = newClient();
    try {
      const reached = await feedRound({
        portal,
        from,
        clock,
        signal,
        call: (call) => client.call(call),
        send: async (message) => {
          if (message.type === "feed-bundle") stages.at("feed entries").in += message.width;
          await this.#room(signal);
          link.send(message);
        },
      });
      this.#from = reached;
      stages.at("feed entries").out += Math.max(0, reached - from);
      stages.at("feed").out += 1;
    } catch (error) {
      const fault = toFault(error);
      stages.failed("feed", fault);
      if (!signal.aborted) link.send({ type: "feed-failed", fault: toldFault(fault) });
    }
  }

  async #room(signal: AbortSignal): Promise<void> {
    const { link, clock } = this.#options;
    while (link.unsentBytes > mostUnsentBytes && !signal.aborted)
      await new Promise<void>((resolve) => clock.after(lookAgainMs, resolve));
    signal.throwIfAborted();
  }
}
