/**
 * Store: events and clips, kept. The keeper's main thread talks to this and nothing below it.
 *
 * Writes go through the queue and the worker; `onCommitted` tells when they are durable. Reads use
 * a read-only connection of this thread, and events that still wait are laid over the rows, so
 * that a press is in the timeline at once, whatever the disk does. While the index cannot be
 * opened, reads throw Fault `unavailable` (events in memory are still answered) and opening is
 * tried again with back-off.
 */
import type { DatabaseSync } from "node:sqlite";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Clip, Event } from "../../wire/api.ts";
import type { DataPaths } from "../../wire/paths.ts";
import type { Change } from "./change.ts";
import { openReader } from "./database.ts";
import type { Opened } from "./disk.ts";
import type { Removal, Removed, RemovedMany } from "./remove-events.ts";
import { DiskThread } from "./disk-thread.ts";
import { Reader, type ClipSpan, type EventKey, type EventQuery, type Totals } from "./reader.ts";
import type { Retention } from "../retention.ts";
import type { Swept, SweepInput } from "./sweep.ts";
import { laidOver, type TimelinePage, type TimelineRange } from "./timeline.ts";
import { WriteQueue } from "./write-queue.ts";

const firstRetryMs = 500;
const lastRetryMs = 10_000;

export interface StoreOptions {
  readonly paths: DataPaths;
  readonly clock: Clock;
  readonly onCommitted: (changes: readonly Change[]) => void;
  readonly onFault: (fault: Fault | null) => void;
  readonly onOpened: (opened: Opened) => void;
}

export class Store implements AsyncDisposable {
  readonly #options: StoreOptions;
  readonly #thread = new DiskThread(() => void this.#openWithRetry(firstRetryMs));
  readonly queue: WriteQueue;
  #connection: DatabaseSync | null = null;
  #reader: Reader | null = null;
  #opening: Promise<void> | null = null;
  #totals: Totals | null = null;
  #cancelRetry = (): void => {};
  #openFault: Fault | null = null;
  #closed = false;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.queue = new WriteQueue({
      clock: options.clock,
      commit: (changes) => this.#commit(changes),
      onCommitted: options.onCommitted,
      onFault: options.onFault,
    });
  }

  /** The first attempt; resolves either way. Later ones happen by themselves. */
  async open(): Promise<void> {
    await this.#openWithRetry(firstRetryMs);
  }

  get isOpen(): boolean {
    return this.#reader !== null;
  }

  push(change: Change): void {
    this.queue.push(change);
  }

  events(query: EventQuery): Event[] {
    const { kind, ignored = null, before, limit } = query;
    const unsaved = this.queue.unsaved();
    // so many more, for those whose row no longer says what they are
    const rows = this.#reader?.events({ ...query, limit: limit + unsaved.length }) ?? [];
    const byId = new Map(rows.map((event) => [event.id, event]));
    for (const event of unsaved) {
      byId.delete(event.id);
      if (kind !== null && event.kind !== kind) continue;
      if (ignored !== null && event.ignored !== ignored) continue;
      if (before === null || isBefore(event, before)) byId.set(event.id, event);
    }
    return [...byId.values()].sort(newestFirst).slice(0, limit);
  }

  event(id: string): Event | null {
    const waiting = this.queue.unsaved().findLast((event) => event.id === id);
    return waiting ?? this.#reader?.event(id) ?? null;
  }

  /** The events that a recording shows. */
  shownBy(clip: string): string[] {
    return this.#read().shownBy(clip);
  }

  clip(id: string): Clip | null {
    return this.#read().clip(id);
  }

  /** Clips that share time with the window, oldest first. */
  spans(window: { readonly from: number; readonly to: number }): ClipSpan[] {
    return this.#read().spans(window);
  }

  /** Counted anew after every commit, else from memory. */
  totals(): Totals {
    if (this.#reader === null) return { clips: 0, events: 0, usedBytes: 0, oldestWallMs: null };
    this.#totals ??= this.#reader.totals();
    return this.#totals;
  }

  async removeEvent(id: string): Promise<Removed> {
    await this.queue.settled();
    const removed = await this.#ask(() => this.#thread.ask("removeEvent", { id }));
    this.#totals = null;
    return removed;
  }

  /** Those that can go, with the clips that show nothing else. */
  async removeEvents(ids: readonly string[], removal: Removal = {}): Promise<RemovedMany> {
    await this.queue.settled();
    const removed = await this.#ask(() => this.#thread.ask("removeEvents", { ids, removal }));
    if (removal.dry !== true) this.#totals = null;
    return removed;
  }

  /** A part of the timeline, newest first; what waits for the disk is in it. */
  timeline(range: TimelineRange): TimelinePage {
    return laidOver(this.#read().timeline.page(range), this.queue.unsaved());
  }

  /** What a sweep would delete now. */
  async due(input: SweepInput): Promise<Retention> {
    return this.#ask(() => this.#thread.ask("due", input));
  }

  async sweep(input: SweepInput): Promise<Swept> {
    const swept = await this.#ask(() => this.#thread.ask("sweep", input));
    this.#totals = null;
    if (swept.clips.length > 0) this.queue.retryNow();
    return swept;
  }

  /** Makes room while the index cannot be opened for want of it; answers the clip that went. */
  async removeOldestFolder(): Promise<string | null> {
    return this.#thread.ask("removeOldestFolder", { paths: this.#options.paths });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#cancelRetry();
    await this.#opening;
    await this.queue.close();
    this.#closeReader();
    await this.#thread.close();
  }

  #read(): Reader {
    if (this.#reader !== null) return this.#reader;
    throw (
      this.#openFault ??
      new Fault("unavailable", "the index is not open yet", { hint: "ask again in a moment" })
    );
  }

  async #commit(changes: readonly Change[]): Promise<void> {
    await this.#ask(() => this.#thread.ask("commit", { changes }));
    this.#totals = null;
  }

  /** A question to an open index; a damaged one is rebuilt and asked again, once. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#opening !== null) await this.#opening;
    this.#read();
    try {
      return await question();
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind !== "corrupt") throw fault;
      await this.#openWithRetry(firstRetryMs);
      return await question();
    }
  }

  async #openWithRetry(retryMs: number): Promise<void> {
    if (this.#closed) return;
    this.#opening ??= this.#openOnce().finally(() => {
      this.#opening = null;
    });
    try {
      await this.#opening;
      this.queue.retryNow();
    } catch (error) {
      this.#openFault = toFault(error);
      this.queue.fault = this.#openFault;
      this.#options.onFault(this.#openFault);
      if (this.#closed) return;
      this.#cancelRetry = this.#options.clock.after(retryMs, () => {
        void this.#openWithRetry(Math.min(retryMs * 2, lastRetryMs));
      });
    }
  }

  async #openOnce(): Promise<void> {
    this.#closeReader();
    const { paths, clock } = this.#options;
    const opened = await this.#thread.ask("open", { paths, wallMs: clock.wallMs() });
    this.#connection = openReader(paths.database);
    this.#reader = new Reader(this.#connection);
    this.#totals = null;
    this.#openFault = null;
    if (this.queue.fault !== null) {
      this.queue.fault = null;
      this.#options.onFault(null);
    }
    this.#options.onOpened(opened);
  }

  #closeReader(): void {
    this.#reader = null;
    this.#connection?.close();
    this.#connection = null;
  }
}

function isBefore(event: Event, key: EventKey): boolean {
  if (event.startWallMs !== key.startWallMs) return event.startWallMs < key.startWallMs;
  return event.id < key.id;
}

function newestFirst(a: Event, b: Event): number {
  if (a.startWallMs !== b.startWallMs) return b.startWallMs - a.startWallMs;
  return a.id < b.id ? 1 : -1;
}
