/**
 * Viewers: the pages that one stream goes to, a bounded number of them.
 *
 * Whoever makes the stream is told at the first viewer and after the last, so that nothing is made for
 * nobody. A viewer leaves by its socket's end, and says nothing meanwhile.
 */
import { WebSocket } from "ws";
import { refuseMessages } from "./refuse-messages.ts";

/** What a stream needs of where it goes: a page's socket is one, another process of the house can be. */
export interface ViewerSocket {
  readonly bufferedAmount: number;
  send(unit: Uint8Array): void;
  close(code: number, reason: string): void;
  on(event: "close", handler: () => void): unknown;
  /** What was sent is over: nothing of it may be kept. */
  over?(): void;
}

export class Viewers<Viewer extends { readonly socket: ViewerSocket }> {
  readonly #most: number;
  readonly #onWatched: (on: boolean) => void;
  readonly #all = new Set<Viewer>();

  constructor(most: number, onWatched: (on: boolean) => void) {
    this.#most = most;
    this.#onWatched = onWatched;
  }

  get count(): number {
    return this.#all.size;
  }

  get isFull(): boolean {
    return this.#all.size >= this.#most;
  }

  [Symbol.iterator](): Iterator<Viewer> {
    return this.#all.values();
  }

  /** False: there are as many as may be, and this one was sent away. */
  add(viewer: Viewer): boolean {
    const { socket } = viewer;
    if (socket instanceof WebSocket) refuseMessages(socket);
    if (this.isFull) {
      socket.close(1013, `at most ${this.#most} viewers at a time`);
      return false;
    }
    this.#all.add(viewer);
    socket.on("close", () => this.#remove(viewer));
    if (this.#all.size === 1) this.#onWatched(true);
    return true;
  }

  #remove(viewer: Viewer): void {
    if (this.#all.delete(viewer) && this.#all.size === 0) this.#onWatched(false);
  }
}
