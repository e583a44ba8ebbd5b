/**
 * LetterDesk: receipts, notices and answers, one call after the other, each answered with a dock-answer.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { CourierToKeeper } from "../../wire/messages.ts";
import type { HttpClient } from "../http/client.ts";
import type { Stages } from "../stages.ts";
import { toldFault } from "../told-fault.ts";
import { askDock, tellDock, type DockAsk, type DockTell } from "./letters.ts";

const mostWaiting = 64;

export interface LetterDeskOptions {
  readonly newClient: () => HttpClient;
  readonly stages: Stages;
  readonly tell: (answer: Extract<CourierToKeeper, { type: "dock-answer" }>) => void;
}

export class LetterDesk implements AsyncDisposable {
  readonly #options: LetterDeskOptions;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();
  readonly #stop = new AbortController();

  constructor(options: LetterDeskOptions) {
    this.#options = options;
  }

  handle(letter: DockAsk | DockTell): void {
    this.#options.stages.at("docks").in += 1;
    if (this.#waiting >= mostWaiting)
      return this.#answer(letter, { fault: new Fault("exhausted", "too many docks are asked at once") });
    this.#waiting += 1;
    this.#last = this.#last.then(async () => {
      if (!this.#stop.signal.aborted) await this.#run(letter);
      this.#waiting -= 1;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Fault("cancelled", "the courier ends"));
    await this.#last;
  }

  async #run(letter: DockAsk | DockTell): Promise<void> {
    using client = this.#options.newClient();
    const { signal } = this.#stop;
    try {
      if (letter.type === "dock-ask")
        return this.#answer(letter, { envelope: await askDock(letter, client, signal) });
      await tellDock(letter, client, signal);
      this.#answer(letter, { envelope: null });
    } catch (error) {
      this.#answer(letter, { fault: toFault(error) });
    }
  }

  #answer(
    letter: DockAsk | DockTell,
    { envelope = null, fault }: { envelope?: unknown; fault?: Fault },
  ): void {
    const { stages, tell } = this.#options;
    if (fault === undefined) stages.at("docks").out += 1;
    else stages.failed("docks", fault);
    tell({
      type: "dock-answer",
      grant: letter.grant,
      what: letter.type === "dock-ask" ? letter.what : "deletion",
      envelope,
      ...(fault === undefined ? {} : { fault: toldFault(fault) }),
    });
  }
}
