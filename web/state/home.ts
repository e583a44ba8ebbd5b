/**
 * Home: the page's connection to its doorbell.
 *
 * Owns the notices' socket and the timers, and writes what they bring into one store of the pure model; its parts do the
 * same with what is asked for. Components read the store and call the methods; nothing else talks to the doorbell except
 * the live picture and the player, which fetch video.
 */
import type { Event, Notice } from "../../daemon/wire/api.ts";
import type { Clock } from "../../hal/sensors.ts";
import { lost, renew } from "../door/at-door.ts";
import { expired } from "../ring/ring.ts";
import { words } from "../words.ts";
import { getStatus, pressSimulatedButton, socketUrl } from "./api.ts";
import { Deletions } from "./deletions.ts";
import { loadRecent } from "./load-recent.ts";
import { Messages } from "./messages.ts";
import { applyNotice, dismissed, doorbellNow, emptyModel } from "./model.ts";
import type { Model } from "./model.ts";
import { openNotices } from "./notices.ts";
import type { Notices } from "./notices.ts";
import { Pages } from "./pages.ts";
import { reached } from "./reached.ts";
import { Remarks } from "./remarks.ts";
import { createStore } from "./store.ts";
import type { Store } from "./store.ts";

export interface HomeOptions {
  /** False: events and recordings are not for this person. */
  readonly seesEvents: boolean;
  /** The notices' connection went: the network, the doorbell, or the session. */
  readonly onLost: () => void;
}

export class Home {
  readonly store: Store<Model> = createStore(emptyModel);
  readonly clock: Clock;
  readonly messages: Messages;
  readonly pages: Pages;
  readonly deletions: Deletions;
  readonly remarks: Remarks;
  #notices: Notices | null = null;
  /** How often the connection went. */
  #lost = 0;
  readonly #seesEvents: boolean;
  readonly #onLost: () => void;
  readonly #listeners = new Set<(notice: Notice) => void>();

  constructor(clock: Clock, { seesEvents, onLost }: HomeOptions) {
    this.clock = clock;
    this.#seesEvents = seesEvents;
    this.#onLost = onLost;
    this.messages = new Messages(clock);
    this.pages = new Pages(this.store, () => this.now());
    this.deletions = new Deletions(this.store, clock, this.messages);
    this.remarks = new Remarks(this.store, this.messages);
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
    const onHide = (): void => this.deletions.allNow();
    window.addEventListener("pagehide", onHide);
    return () => {
      cancel();
      window.removeEventListener("pagehide", onHide);
      this.#notices?.close();
      this.deletions.allNow();
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

  async press(): Promise<void> {
    await pressSimulatedButton().catch(() => this.messages.say(words.pressFailed));
  }

  /** In the player; null = it is closed. */
  opened(event: Event | null): void {
    this.store.set({ ...this.store.get(), opened: event });
  }

  #handle(notice: Notice): void {
    reached(this.clock.wallMs());
    if (notice.type === "event") this.pages.told(notice.event);
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
    void this.pages.refresh();
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
}
