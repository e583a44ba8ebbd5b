/**
 * Messages: the one short message at the bottom of the page, for as long as its word can take something back.
 */
import type { Clock } from "../../hal/sensors.ts";
import { createStore, type Store } from "./store.ts";

export const undoMs = 6_000;

export interface Undo {
  readonly label: string;
  readonly run: () => void;
}

export interface Message {
  readonly text: string;
  readonly undo: Undo | null;
}

export class Messages {
  readonly shown: Store<Message | null> = createStore<Message | null>(null);
  readonly #clock: Clock;
  #cancel = (): void => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  say(text: string, undo: Undo | null = null): void {
    this.shown.set({ text, undo });
    this.#cancel();
    this.#cancel = this.#clock.after(undoMs, () => this.clear());
  }

  clear(): void {
    this.shown.set(null);
  }
}
