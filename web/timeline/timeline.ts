/**
 * Timeline: the page's connection to the past: loads what comes into view, follows notices, remembers where it is.
 *
 * `view` changes with every frame of a drag; `state` when something is loaded, filtered, or the view rests.
 * Nothing is loaded twice but what a lost connection made doubtful.
 */
import type { Notice } from "../../daemon/wire/api.ts";
import type { Home } from "../state/home.ts";
import { createStore, type Store } from "../state/store.ts";
import { getTimeline, getWatched } from "./api.ts";
import { Book, pieceOf } from "./book.ts";
import type { Filter } from "./filter.ts";
import { knownOf } from "./known.ts";
import { recordingEndMs, recordingOf, type Moment, type Recording } from "./moment.ts";
import { lastBy } from "./sorted.ts";
import { firstState, type State } from "./state.ts";
import { dayMs, endOf, heldIn, startOf, type Bounds, type View } from "./view.ts";

const restMs = 180;
const retryMs = 5_000;
const mostAtOnce = 2;

export class Timeline {
  readonly view: Store<View>;
  readonly state: Store<State>;
  readonly #home: Home;
  readonly #book = new Book();
  readonly #coming = new Set<number>();
  #cancelRest = (): void => {};
  #cancelRetry = (): void => {};
  #closed = false;

  constructor(
    home: Home,
    start: { readonly atMs: number | null; readonly spanMs: number; readonly filter: Filter },
  ) {
    this.#home = home;
    const nowMs = home.now();
    const view = { atMs: Math.min(start.atMs ?? nowMs, nowMs), spanMs: start.spanMs };
    // until the doorbell has said how far back it goes
    const bounds = { oldestMs: view.atMs - view.spanMs, nowMs };
    this.view = createStore<View>(view);
    this.state = createStore<State>({ ...firstState(view, bounds), filter: start.filter });
  }

  /** Returns what ends it. */
  start(): () => void {
    const offNotices = this.#home.onNotice((notice) => this.#heard(notice));
    let link = this.#home.store.get().link;
    const offLink = this.#home.store.on(() => {
      const next = this.#home.store.get().link;
      if (next === "open" && link === "lost") this.#startOver();
      link = next;
    });
    const cancelClock = this.#home.clock.every(1_000, () => this.#tick());
    this.#load();
    void this.#askWhoWatched();
    return () => {
      this.#closed = true;
      offNotices();
      offLink();
      cancelClock();
      this.#cancelRest();
      this.#cancelRetry();
    };
  }

  get bounds(): Bounds {
    return this.state.get().bounds;
  }

  /** By a hand: the player follows when it rests. */
  move(view: View): void {
    this.view.set(heldIn(this.bounds, view));
    this.#cancelRest();
    this.#cancelRest = this.#home.clock.after(restMs, () => this.#rest());
    this.#load();
  }

  /** At once, as a key or a tap does. */
  go(view: View): void {
    this.move(view);
    this.#cancelRest();
    this.#rest();
  }

  /** By the player: it is there already. */
  played(atMs: number): void {
    this.view.set(heldIn(this.bounds, { ...this.view.get(), atMs }));
  }

  filter(filter: Filter): void {
    this.#show({ filter });
    if (filter.who !== null) void this.#askWhoWatched();
  }

  /** What was recorded at a time; null = nothing. */
  under(atMs: number): Recording | null {
    const { recordings } = this.state.get().known;
    const last = lastBy(recordings, atMs);
    return last !== null && recordingEndMs(last) > atMs ? last : null;
  }

  /** The next one of those that are shown, later or earlier. */
  neighbour(direction: 1 | -1): Moment | null {
    const { shown } = this.state.get().known;
    const { atMs } = this.view.get();
    if (direction === -1) return lastBy(shown, atMs - 1);
    return shown.find(({ startWallMs }) => startWallMs > atMs) ?? null;
  }

  removed(ids: ReadonlySet<string>): void {
    this.#book.remove(ids);
    this.#show({});
  }

  #rest(): void {
    this.state.set({ ...this.state.get(), rested: this.view.get() });
  }

  /** What is now goes on; whoever looks at now stays there. */
  #tick(): void {
    const state = this.state.get();
    const nowMs = this.#home.now();
    const followed = this.view.get().atMs >= state.bounds.nowMs;
    this.state.set({ ...state, bounds: { ...state.bounds, nowMs } });
    if (followed) this.view.set({ ...this.view.get(), atMs: Math.round(nowMs) });
  }

  #heard(notice: Notice): void {
    if (notice.type === "event-deleted") return this.removed(new Set([notice.id]));
    if (notice.type !== "event" && notice.type !== "clip") return;
    const isKnown =
      notice.type === "event" ? this.#book.tell(notice.event) : this.#book.record(recordingOf(notice.clip));
    if (isKnown) this.#show({});
  }

  #startOver(): void {
    this.#book.forget();
    this.#load();
    void this.#askWhoWatched();
  }

  /** Who watched is only needed by a filter: without an answer there is none. */
  async #askWhoWatched(): Promise<void> {
    const people = await getWatched({ fromMs: 0, toMs: this.#home.now() + dayMs }).catch(() => []);
    if (this.#closed) return;
    const watchers = new Map<string, string[]>();
    for (const { who, clips } of people)
      for (const clip of clips) watchers.set(clip, [...(watchers.get(clip) ?? []), who]);
    this.#show({ watchers, people: people.map(({ who }) => who) });
  }

  /** What is in view or close to it, the nearest first. */
  #load(): void {
    const { bounds } = this.state.get();
    const view = this.view.get();
    const first = pieceOf(Math.max(startOf(view) - view.spanMs / 2, bounds.oldestMs));
    const last = pieceOf(Math.min(endOf(view) + view.spanMs / 2, bounds.nowMs));
    const here = pieceOf(view.atMs);
    const missing = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
      .filter((piece) => !this.#book.has(piece) && !this.#coming.has(piece))
      .sort((a, b) => Math.abs(a - here) - Math.abs(b - here));
    for (const piece of missing.slice(0, mostAtOnce - this.#coming.size)) void this.#fetch(piece);
  }

  async #fetch(piece: number): Promise<void> {
    this.#coming.add(piece);
    try {
      const found = await getTimeline({ fromMs: piece * dayMs, toMs: (piece + 1) * dayMs });
      this.#coming.delete(piece);
      if (this.#closed) return;
      this.#book.put(piece, found);
      const { bounds } = this.state.get();
      const oldestMs = found.oldestWallMs ?? bounds.nowMs;
      this.#show({ bounds: { ...bounds, oldestMs }, phase: "ready" });
      this.#load();
    } catch {
      this.#coming.delete(piece);
      if (this.#closed) return;
      this.state.set({ ...this.state.get(), phase: "failed" });
      this.#cancelRetry();
      this.#cancelRetry = this.#home.clock.after(retryMs, () => this.#load());
    }
  }

  #show(change: Partial<State>): void {
    const state = { ...this.state.get(), ...change };
    this.state.set({ ...state, known: knownOf(this.#book.all, state) });
  }
}
