/**
 * Deletions: deleting is for good, so it waits `undoMs` in which one word takes it back; closing the page in between
 * carries it out.
 */
import type { Event } from "../../daemon/wire/api.ts";
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { hideEvent, removeEvent } from "../events/list.ts";
import { words } from "../words.ts";
import { deleteEvent } from "./api.ts";
import { changeList } from "./change-list.ts";
import { undoMs, type Messages } from "./messages.ts";
import type { Model } from "./model.ts";
import type { Store } from "./store.ts";

export class Deletions {
  readonly #store: Store<Model>;
  readonly #clock: Clock;
  readonly #messages: Messages;
  readonly #waiting = new Map<string, () => void>();

  constructor(store: Store<Model>, clock: Clock, messages: Messages) {
    this.#store = store;
    this.#clock = clock;
    this.#messages = messages;
  }

  remove(event: Event, text: string): void {
    if (this.#waiting.has(event.id)) return;
    if (event.state === "open") return this.#messages.say(words.events.stillRecording);
    changeList(this.#store, (list) => hideEvent(list, event.id, true));
    const cancel = this.#clock.after(undoMs, () => void this.#delete(event.id));
    this.#waiting.set(event.id, cancel);
    this.#messages.say(text, { label: words.events.undo, run: () => this.#takeBack(event.id) });
  }

  /** The page is being closed. */
  allNow(): void {
    for (const [id, cancel] of this.#waiting) {
      cancel();
      deleteEvent(id, true).catch(() => {}); // the page is gone; the event stays and is seen again
    }
    this.#waiting.clear();
  }

  #takeBack(id: string): void {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    changeList(this.#store, (list) => hideEvent(list, id, false));
    this.#messages.clear();
  }

  async #delete(id: string): Promise<void> {
    this.#waiting.delete(id);
    try {
      await deleteEvent(id);
    } catch (error) {
      const gone = error instanceof Fault && error.kind === "not-found";
      changeList(this.#store, (list) => (gone ? removeEvent(list, id) : hideEvent(list, id, false)));
      if (!gone) this.#messages.say(words.events.removeFailed);
    }
  }
}
