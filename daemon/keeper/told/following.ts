/**
 * Following: events of this run that may still be news to somebody, and what each listener had of them.
 *
 * A movement may wait for the word of what it is; who gives the word, time, or a model that goes away, ends the wait. That
 * nobody can name it any more is news as long as it goes on. A correction is news to nobody, and takes the place of the name;
 * what happens is told all the same, where it does not deny it. The newest 64 are followed, each until a minute after its end.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { happeningsOf } from "../../alerts/denied.ts";
import { moveKindsOf, type AlertKind } from "../../alerts/kinds.ts";
import type { Verdict } from "../../alerts/verdict.ts";
import type { Event } from "../../wire/api.ts";
import type { HappeningKind } from "../../wire/what.ts";

/** Something of an event that is told once: the ring, that it moves, or what happened in it. */
type Part = "ring" | "move" | HappeningKind;

export interface Due {
  readonly what: Part;
  /** As what it can be told, the one that matters most first. */
  readonly kinds: readonly [AlertKind, ...AlertKind[]];
}

const nothing: ReadonlySet<HappeningKind> = new Set();

/** What may be told of it by now. */
export function duesOf({
  event,
  waits,
  known = nothing,
}: Pick<Followed, "event" | "waits"> & Partial<Pick<Followed, "known">>): Due[] {
  if (event.kind === "ring") return [{ what: "ring", kinds: ["ring"] }];
  const happened = newsOf(event, known).map((kind): Due => ({ what: kind, kinds: [kind] }));
  if (waits || event.corrected !== null) return happened;
  const [first = "motion", ...rest] = moveKindsOf(event);
  return [{ what: "move", kinds: [first, ...rest] }, ...happened];
}

function newsOf(event: Event, known: ReadonlySet<HappeningKind>): HappeningKind[] {
  return happeningsOf(event).filter((kind) => !known.has(kind));
}

const final = new Set<string>(["quiet", "snooze", "phone"]);

export class Followed {
  event: Event;
  waits: boolean;
  /** So since an event before, and told with that. */
  known = nothing;
  cancel = (): void => {};
  /** Null = it goes on. */
  forget: (() => void) | null = null;
  /** What was looked at last, so that a change of the score alone decides nothing anew. */
  #seen = "";
  /** While it went on there was nobody who could name it. */
  #wasBlind = false;
  readonly #broker = new Set<AlertKind>();
  readonly #had = new Map<string, Map<Part, "told" | "held" | "passed">>();

  constructor(event: Event, waits: boolean) {
    this.event = event;
    this.waits = waits;
  }

  /** Something that decides is another than at the last call. */
  isNews(hasModel: boolean): boolean {
    const { kind, state, zones, what, happenings } = this.event;
    if (kind === "motion" && state === "open" && !hasModel) this.#wasBlind = true;
    const now = JSON.stringify([zones, what, happenings, this.waits, this.#wasBlind, [...this.known]]);
    const before = this.#seen;
    this.#seen = now;
    return now !== before;
  }

  had(listener: string, part: Part): "told" | "held" | "passed" | null {
    return this.#had.get(listener)?.get(part) ?? null;
  }

  before(listener: string): "told" | "held" | undefined {
    const parts = new Set(this.#had.get(listener)?.values());
    return parts.has("told") ? "told" : parts.has("held") ? "held" : undefined;
  }

  /** What was held was told in a digest: what follows is held, or told, anew. */
  summed(listener: string): void {
    const parts = this.#had.get(listener);
    for (const [part, had] of parts ?? []) if (had === "held") parts?.set(part, "passed");
  }

  /** What is not wanted may be another thing later; what was kept silent stays so. */
  note(listener: string, part: Part, verdict: Verdict): void {
    if (verdict.told === "never" && !final.has(verdict.why)) return;
    const parts = this.#had.get(listener) ?? new Map<Part, "told" | "held" | "passed">();
    parts.set(part, verdict.told === "now" ? "told" : verdict.told === "later" ? "held" : "passed");
    this.#had.set(listener, parts);
  }

  /** What the broker has not heard yet: that it moves at once, then all that is known of it. */
  forBroker(isWanted: (kind: AlertKind) => boolean): AlertKind[] {
    const { kind, corrected } = this.event;
    const named = corrected === null ? moveKindsOf(this.event).filter((each) => each !== "other") : [];
    const more = kind === "ring" ? [] : [...named, ...newsOf(this.event, this.known)].filter(isWanted);
    const news = [kind, ...more].filter((each) => !this.#broker.has(each));
    for (const each of news) this.#broker.add(each);
    return [...new Set(news)];
  }
}

export interface FollowingOptions {
  readonly clock: Clock;
  readonly patienceMs: number;
  /** A model looks at what moves: its word is worth waiting for. */
  readonly hasModel: () => boolean;
  /** There may be something to tell. */
  readonly onDue: (followed: Followed) => void;
}

const mostFollowed = 64;
/** The model's last words on it may come after its end. */
const afterEndMs = 60_000;

export class Following {
  readonly #options: FollowingOptions;
  readonly #events = new Map<string, Followed>();

  constructor(options: FollowingOptions) {
    this.#options = options;
  }

  begin(event: Event): void {
    const { clock, patienceMs, hasModel } = this.#options;
    const followed = new Followed(event, event.kind === "motion" && patienceMs > 0 && hasModel());
    this.#events.set(event.id, followed);
    if (followed.waits) followed.cancel = clock.after(patienceMs, () => this.#end(followed));
    for (const [id, oldest] of this.#events) {
      if (this.#events.size <= mostFollowed) break;
      this.#events.delete(id);
      oldest.forget?.();
      this.#end(oldest);
    }
    this.#look(followed);
  }

  changed(event: Event): void {
    const followed = this.#events.get(event.id);
    if (followed === undefined) return;
    followed.event = event;
    if (event.state !== "open")
      followed.forget ??= this.#options.clock.after(afterEndMs, () => this.#events.delete(event.id));
    if (event.what.length > 0) this.#end(followed);
    this.#look(followed);
  }

  settled(id: string): void {
    const followed = this.#events.get(id);
    if (followed !== undefined) this.#end(followed);
  }

  /**
   * These began with an event before. The eye does not know what the house made of it: only what one of the events
   * followed here has is taken for told; once taken so, it stays so.
   */
  known(id: string, kinds: readonly HappeningKind[]): void {
    const followed = this.#events.get(id);
    if (followed === undefined) return;
    const isSaid = (kind: HappeningKind): boolean =>
      [...this.#events.values()].some((other) => other !== followed && other.event.happenings.includes(kind));
    followed.known = new Set(kinds.filter((kind) => followed.known.has(kind) || isSaid(kind)));
    this.#look(followed);
  }

  /** The model came, or went. */
  model(): void {
    if (this.#options.hasModel()) return;
    for (const followed of this.#events.values()) this.#end(followed);
  }

  /** They were told of all that was held of these. */
  summed(listener: string): void {
    for (const followed of this.#events.values()) followed.summed(listener);
  }

  /** What waits is told as what it is by now. */
  stop(): void {
    for (const followed of this.#events.values()) {
      followed.forget?.();
      this.#end(followed);
    }
    this.#events.clear();
  }

  #end(followed: Followed): void {
    followed.cancel();
    followed.waits = false;
    this.#look(followed);
  }

  #look(followed: Followed): void {
    const { hasModel, onDue } = this.#options;
    if (followed.isNews(hasModel())) onDue(followed);
  }
}
