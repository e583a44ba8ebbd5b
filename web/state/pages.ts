/**
 * Pages: the list of events, a page at a time: the newest on every connection, older ones on demand.
 *
 * What is told while the newest page is on its way is joined to it; an answer to a question that is no longer asked is
 * dropped.
 */
import type { Event, EventKind } from "../../daemon/wire/api.ts";
import { applyEvent, applyNewest, applyOlder, type EventList, type Page } from "../events/list.ts";
import { getEvents } from "./api.ts";
import { changeList } from "./change-list.ts";
import { ringFromList, type Model } from "./model.ts";
import type { Store } from "./store.ts";

/** The first page comes quickly, older ones are for people who scroll a long way. */
const newestCount = 60;
const olderCount = 200;

export class Pages {
  readonly #store: Store<Model>;
  /** The doorbell's present wall time. */
  readonly #now: () => number;
  #request = 0;
  /** Told while the newest page is on its way; null = it is not. */
  #arrived: Event[] | null = null;

  constructor(store: Store<Model>, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  setFilter(filter: EventKind | null): void {
    if (filter === this.#store.get().list.filter) return;
    changeList(this.#store, (list) => ({ ...list, filter, events: [], next: null, phase: "loading" }));
    void this.refresh();
  }

  showIgnored(withIgnored: boolean): void {
    changeList(this.#store, (list) => ({ ...list, withIgnored }));
  }

  /** A notice told of it; the model has it besides. */
  told(event: Event): void {
    this.#arrived?.push(event);
  }

  /** Loads the newest page again. */
  async refresh(): Promise<void> {
    this.#arrived = [];
    await this.#load(null, (list, page) => {
      const joined = (this.#arrived ?? []).reduce(applyEvent, applyNewest(list, page));
      this.#arrived = null;
      return joined;
    });
    this.#store.set(ringFromList(this.#store.get(), this.#now()));
  }

  /** Loads the next older page; does nothing at the end or while one is on its way. */
  async loadOlder(): Promise<void> {
    const { next, phase } = this.#store.get().list;
    if (next === null || phase === "loading") return;
    await this.#load(next, applyOlder);
  }

  async #load(before: string | null, join: (list: EventList, page: Page) => EventList): Promise<void> {
    const request = (this.#request += 1);
    changeList(this.#store, (list) => ({ ...list, phase: "loading" }));
    try {
      const { filter } = this.#store.get().list;
      const page = await getEvents({
        before,
        kind: filter,
        limit: before === null ? newestCount : olderCount,
      });
      if (request !== this.#request) return;
      changeList(this.#store, (list) => join(list, page));
    } catch {
      if (request === this.#request) changeList(this.#store, (list) => ({ ...list, phase: "failed" }));
    }
  }
}
