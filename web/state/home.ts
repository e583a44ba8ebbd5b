/**
 * Home: the page's connection to its doorbell.
 *
 * Owns the notices' socket, the requests and the timers, and writes what they bring into one
 * store of the pure model. Components read the store and call the methods; nothing else talks to
 * the doorbell except the live picture and the player, which fetch video.
 *
 * Deleting is for good, so it waits `undoMs` in which one word takes it back; closing the page
 * in between carries it out.
 */
import type { Event, EventKind, Notice } from "../../daemon/wire/api.ts";
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { applyEvent, applyNewest, applyOlder, hideEvent, markEvent, removeEvent } from "../events/list.ts";
import type { EventList, Page } from "../events/list.ts";
import { number } from "../look/format.ts";
import { lost, renew } from "../door/at-door.ts";
import { moveWords } from "../events/what-of.ts";
import { expired } from "../ring/ring.ts";
import { words } from "../words.ts";
import {
  deleteEvent,
  getEvents,
  getStatus,
  pressSimulatedButton,
  postKeep,
  postWhat,
  putMark,
  socketUrl,
} from "./api.ts";
import { loadRecent } from "./load-recent.ts";
import { applyNotice, corrected, dismissed, doorbellNow, emptyModel, ringFromList } from "./model.ts";
import type { Model } from "./model.ts";
import { openNotices } from "./notices.ts";
import type { Notices } from "./notices.ts";
import { reached } from "./reached.ts";
import { createStore } from "./store.ts";
import type { Store } from "./store.ts";

export const undoMs = 6_000;
/** The first page comes quickly, older ones are for people who scroll a long way. */
const newestCount = 60;
const olderCount = 200;

export interface Undo {
  readonly label: string;
  readonly run: () => void;
}

export interface Message {
  readonly text: string;
  readonly undo: Undo | null;
}

/** What somebody's word on an event needs to know of it. */
type Corrected = Pick<Event, "id" | "what" | "corrected">;

export interface HomeOptions {
  /** False: events and recordings are not for this person. */
  readonly seesEvents: boolean;
  /** The notices' connection went: the network, the doorbell, or the session. */
  readonly onLost: () => void;
}

export class Home {
  readonly store: Store<Model> = createStore(emptyModel);
  readonly message: Store<Message | null> = createStore<Message | null>(null);
  readonly clock: Clock;
  #notices: Notices | null = null;
  #request = 0;
  /** How often the connection went. */
  #lost = 0;
  /** Told while the newest page is on its way; null = it is not. */
  #arrived: Event[] | null = null;
  readonly #seesEvents: boolean;
  readonly #onLost: () => void;
  readonly #listeners = new Set<(notice: Notice) => void>();
  #deletions = new Map<string, () => void>();
  #cancelMessage = (): void => {};

  constructor(clock: Clock, { seesEvents, onLost }: HomeOptions) {
    this.clock = clock;
    this.#seesEvents = seesEvents;
    this.#onLost = onLost;
  }

  /** Returns what ends it. */
  start(): () => void {
    this.#notices = openNotices({
      url: socketUrl("/api/ws"),
      clock: this.clock,
      onNotice: (notice) => this.#handle(notice),
      onLink: (link) => this.#linked(link),
    });
    if (this.#seesEvents) this.#loadAll();
    void getStatus().then(
      (status) => this.#handle({ type: "status", status }),
      () => {}, // the notices will bring it
    );
    const cancel = this.clock.every(1_000, () => {
      const model = this.store.get();
      if (expired(model.ringing, this.now())) this.dismissRing();
    });
    const onHide = (): void => this.#deleteAllNow();
    window.addEventListener("pagehide", onHide);
    return () => {
      cancel();
      window.removeEventListener("pagehide", onHide);
      this.#notices?.close();
      this.#deleteAllNow();
    };
  }

  /** The doorbell's present wall time. */
  now(): number {
    return doorbellNow(this.store.get(), this.clock.wallMs());
  }

  /** Every notice, after the model has taken it. Returns what ends it. */
  onNotice(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retryNow(): void {
    this.#notices?.retryNow();
  }

  dismissRing(): void {
    this.store.set(dismissed(this.store.get()));
  }

  setFilter(filter: EventKind | null): void {
    if (filter === this.store.get().list.filter) return;
    this.#update((list) => ({ ...list, filter, events: [], next: null, phase: "loading" }));
    void this.refresh();
  }

  /** Loads the newest page again. */
  async refresh(): Promise<void> {
    this.#arrived = [];
    await this.#load(null, (list, page) => {
      const joined = (this.#arrived ?? []).reduce(applyEvent, applyNewest(list, page));
      this.#arrived = null;
      return joined;
    });
    this.store.set(ringFromList(this.store.get(), this.now()));
  }

  /** Loads the next older page; does nothing at the end or while one is on its way. */
  async loadOlder(): Promise<void> {
    const { next, phase } = this.store.get().list;
    if (next === null || phase === "loading") return;
    await this.#load(next, applyOlder);
  }

  async press(): Promise<void> {
    await pressSimulatedButton().catch(() => this.say(words.pressFailed));
  }

  remove(event: Event, text: string): void {
    if (this.#deletions.has(event.id)) return;
    if (event.state === "open") return this.say(words.events.stillRecording);
    this.#update((list) => hideEvent(list, event.id, true));
    const cancel = this.clock.after(undoMs, () => void this.#delete(event.id));
    this.#deletions.set(event.id, cancel);
    this.say(text, { label: words.events.undo, run: () => this.keep(event.id) });
  }

  /** Shown at once; taken back when the doorbell refuses. */
  async mark({ id, mark: before }: Event, mark: Event["mark"]): Promise<void> {
    this.#update((list) => markEvent(list, id, mark));
    try {
      await putMark(id, mark);
    } catch {
      this.#update((list) => markEvent(list, id, before));
      this.say(words.marks.failed);
    }
  }

  /** As `mark`. */
  async correct({ id, corrected: before }: Corrected, label: Event["corrected"]): Promise<boolean> {
    this.store.set(corrected(this.store.get(), id, label));
    try {
      await postWhat(id, label);
      return true;
    } catch {
      this.store.set(corrected(this.store.get(), id, before));
      this.say(words.what.failed);
      return false;
    }
  }

  showIgnored(withIgnored: boolean): void {
    this.#update((list) => ({ ...list, withIgnored }));
  }

  /** Whether these are kept although rules ignore them; the doorbell tells what becomes of them. */
  async keepEvents(ids: readonly string[], keep: boolean): Promise<boolean> {
    try {
      await postKeep(ids, keep);
      this.say(keep ? words.ignored.kept(number(ids.length)) : words.ignored.left);
      return true;
    } catch {
      this.say(words.ignored.failed);
      return false;
    }
  }

  /** The same from a list: says so, with the word that takes it back. */
  async correctAloud(event: Corrected, label: Event["corrected"]): Promise<void> {
    const { done, takenBack, labels, undo } = words.what;
    const before = event.corrected;
    if (!(await this.correct(event, label))) return;
    this.say(label === null ? takenBack(moveWords(event.what)) : done(labels[label]), {
      label: undo,
      run: () => {
        this.message.set(null);
        void this.correct({ ...event, corrected: label }, before);
      },
    });
  }

  /** In the player; null = it is closed. */
  opened(event: Event | null): void {
    this.store.set({ ...this.store.get(), opened: event });
  }

  keep(id: string): void {
    this.#deletions.get(id)?.();
    this.#deletions.delete(id);
    this.#update((list) => hideEvent(list, id, false));
    this.message.set(null);
  }

  say(text: string, undo: Undo | null = null): void {
    this.message.set({ text, undo });
    this.#cancelMessage();
    this.#cancelMessage = this.clock.after(undoMs, () => this.message.set(null));
  }

  #update(change: (list: EventList) => EventList): void {
    const model = this.store.get();
    this.store.set({ ...model, list: change(model.list) });
  }

  #handle(notice: Notice): void {
    reached(this.clock.wallMs());
    if (notice.type === "event") this.#arrived?.push(notice.event);
    this.store.set(applyNotice(this.store.get(), notice, this.clock.wallMs()));
    for (const listener of this.#listeners) listener(notice);
  }

  #linked(link: "open" | "lost"): void {
    const before = this.store.get();
    const recent = link === "lost" ? lost(before.recent) : before.recent;
    this.store.set({ ...before, link, recent });
    if (link === "lost") this.#lost += 1;
    if (link === "lost") this.#onLost();
    else if (before.link === "lost" && this.#seesEvents) this.#loadAll();
  }

  #loadAll(): void {
    void this.refresh();
    void this.#loadRecent();
  }

  /** Without an answer what is known stays; the next connection asks again. */
  async #loadRecent(): Promise<void> {
    const told: Notice[] = [];
    const off = this.onNotice((notice) => told.push(notice));
    const lostBefore = this.#lost;
    const answer = await loadRecent(this.now()).catch(() => null);
    off();
    if (answer === null || this.#lost !== lostBefore) return;
    const model = this.store.get();
    this.store.set({ ...model, recent: renew(model.recent, answer, told) });
  }

  async #load(before: string | null, join: (list: EventList, page: Page) => EventList): Promise<void> {
    const request = (this.#request += 1);
    this.#update((list) => ({ ...list, phase: "loading" }));
    try {
      const { filter } = this.store.get().list;
      const page = await getEvents({
        before,
        kind: filter,
        limit: before === null ? newestCount : olderCount,
      });
      if (request !== this.#request) return;
      this.#update((list) => join(list, page));
    } catch {
      if (request === this.#request) this.#update((list) => ({ ...list, phase: "failed" }));
    }
  }

  async #delete(id: string): Promise<void> {
    this.#deletions.delete(id);
    try {
      await deleteEvent(id);
    } catch (error) {
      const gone = error instanceof Fault && error.kind === "not-found";
      this.#update((list) => (gone ? removeEvent(list, id) : hideEvent(list, id, false)));
      if (!gone) this.say(words.events.removeFailed);
    }
  }

  #deleteAllNow(): void {
    for (const [id, cancel] of this.#deletions) {
      cancel();
      deleteEvent(id, true).catch(() => {}); // the page is gone; the event stays and is seen again
    }
    this.#deletions.clear();
  }
}
