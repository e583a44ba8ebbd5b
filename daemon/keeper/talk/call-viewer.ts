/**
 * Call viewer: a call in the place of a WebSocket, where the keeper counts who watches and whose session ends.
 */
import type { ViewerSocket } from "../viewers.ts";
import type { TalkProcess } from "./process.ts";

export interface CallViewerOptions {
  readonly number: number;
  readonly process: TalkProcess;
  /** 1008 = the session is over, 1013 = there are too many. */
  readonly onClose: (code: number) => void;
}

export class CallViewer implements ViewerSocket {
  readonly #options: CallViewerOptions;
  readonly #handlers: (() => void)[] = [];
  #closed = false;

  constructor(options: CallViewerOptions) {
    this.#options = options;
  }

  get bufferedAmount(): number {
    return this.#options.process.unsentBytes;
  }

  send(unit: Uint8Array): void {
    if (!this.#closed) this.#options.process.unit(this.#options.number, unit);
  }

  over(): void {
    this.#options.process.order(this.#options.number, { type: "over" });
  }

  close(code = 1000): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClose(code);
    for (const handler of this.#handlers) handler();
  }

  /** At once where it is over already. */
  on(_event: "close", handler: () => void): void {
    if (this.#closed) handler();
    else this.#handlers.push(handler);
  }
}
