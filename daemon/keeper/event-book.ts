/**
 * Event book: the events that are open now, and the one way by which an event changes.
 *
 * Every change goes: memory -> subscribers -> store, in one tick and in this order, so that a page
 * hears of a press before anything touches a disk. Rings end by the clock (`ringMs`, the post-roll)
 * or with their clip; motion ends when the eye says so.
 */
import type { Clock } from "../../hal/sensors.ts";
import type { Mark } from "../wire/api-calibration.ts";
import type { Event, Spared } from "../wire/api.ts";
import type { Label } from "../../models/labels.ts";
import { pirOver } from "../sight/label-fusion.ts";
import type { PirSays } from "../sight/fusion.ts";
import type { EventWhat, HappeningKind, Seen } from "../wire/what.ts";
import {
  apply,
  certainOf,
  openMotion,
  openRing,
  withoutWaiting,
  type Happening,
  type MotionSeen,
} from "./events.ts";

export interface EventBookOptions {
  readonly clock: Clock;
  readonly ringMs: number;
  /** Tells the subscribers, at once. */
  readonly tell: (event: Event, fresh: boolean) => void;
  /** Keeps it: journal and row. Must not throw and not wait. */
  readonly keep: (event: Event) => void;
  /** Whether the house takes that for true of such an event. */
  readonly isCertain: (seen: Seen, event: Pick<Event, "zones" | "pir">) => boolean;
  /** What the PIR says now, or said a moment ago. */
  readonly pirSays: () => PirSays;
  /** Whether the rules of the house ignore all that is in it. */
  readonly isIgnored: (event: Event) => boolean;
  /** What began longer ago becomes ignored no more: it would be deleted at once. */
  readonly ignoredMs: number;
  /** Nothing better is to be expected of what moved in it. */
  readonly onSettled: (id: string) => void;
  /** Told with an event before; said before the event itself says so. */
  readonly onKnown: (id: string, kinds: readonly HappeningKind[]) => void;
  /** An event that is not open any more; null = not known. */
  readonly find: (id: string) => Event | null;
}

/** So many of the latest rings are remembered by the book itself. */
const mostRings = 8;

interface Open {
  event: Event;
  /** As the eye said them last; some may not be certain yet. */
  happenings: EventWhat["happenings"];
  cancel(): void;
}

export class EventBook {
  readonly #options: EventBookOptions;
  readonly #open = new Map<string, Open>();
  /** The newest clip that is known to have a thumbnail: events may join it later. */
  #pictured: string | null = null;
  #ringsWallMs: readonly number[] = [];

  constructor(options: EventBookOptions) {
    this.#options = options;
  }

  get open(): Event[] {
    return [...this.#open.values()].map((each) => each.event);
  }

  ring(id: string, wallMs: number): Event {
    const event = openRing(id, wallMs);
    this.#ringsWallMs = [...this.#ringsWallMs, wallMs].slice(-mostRings);
    this.#add(
      event,
      this.#options.clock.after(this.#options.ringMs, () => this.end(id)),
    );
    for (const { id: other, kind } of this.open) if (kind === "motion") this.spare(other, "ring");
    return event;
  }

  /** The eye saw motion begin; said twice (after a reconnect) it is one event. */
  motion(id: string, seen: MotionSeen): void {
    if (this.#current(id) !== null) return;
    const rings = this.open.some(({ kind }) => kind === "ring");
    const event = openMotion(id, { ...seen, pir: feltBy(seen) ? "moved" : this.#options.pirSays() });
    this.#add(rings ? apply(event, { type: "spared", by: "ring" }) : event);
  }

  /** The PIR says another thing, of all that is open or of one event: it may be certain now. */
  pir(says: PirSays = this.#options.pirSays(), only: string | null = null): void {
    for (const { event, happenings: all } of this.#open.values()) {
      if (event.kind !== "motion" || (only !== null && event.id !== only)) continue;
      const pir = pirOver(event.pir, says);
      const what = this.#certain(event.said, { ...event, pir });
      this.#happen(event.id, { type: "pir", pir, what, happenings: certainOf(all, event.said, what) });
    }
  }

  /** Ends now, or as the eye says. */
  end(id: string, how: Partial<Omit<Extract<Happening, { type: "ended" }>, "type">> = {}): void {
    const { endWallMs = this.#options.clock.wallMs(), score = 0, zones = [], seer } = how;
    const event = this.#current(id);
    // a ring spares what is open at once, and this was not
    if (
      event?.state === "interrupted" &&
      event.kind === "motion" &&
      this.#rangIn(event.startWallMs, endWallMs)
    )
      this.spare(id, "ring");
    if (feltBy({ seer })) this.pir("moved", id);
    this.#happen(id, { type: "ended", endWallMs, score, zones, seer });
  }

  clip(id: string, clip: string): void {
    this.#happen(id, { type: "clip", clip });
    if (clip === this.#pictured) this.thumbnail(clip);
  }

  /** The clip has a thumbnail now; events that have ended learn it from the clip's row. */
  thumbnail(clip: string): void {
    this.#pictured = clip;
    for (const event of this.open) if (event.clip === clip) this.#happen(event.id, { type: "thumbnail" });
  }

  /** Something moves in these too. */
  zones(id: string, zones: readonly string[]): void {
    this.#happen(id, { type: "zones", zones });
  }

  /** What moved, as the eye says it and as far as it is certain; of an event that is known. */
  what(id: string, said: Pick<EventWhat, "what" | "happenings" | "gone" | "settled">): void {
    const event = this.#current(id);
    if (event === null) return;
    this.#options.onKnown(
      id,
      said.happenings.flatMap(({ kind, known }) => (known === true ? [kind] : [])),
    );
    const what = this.#certain(said.what, event);
    const all = withoutWaiting(said.happenings, this.#ringsWallMs);
    const open = this.#open.get(id);
    if (open !== undefined) open.happenings = all;
    const happenings = certainOf(all, said.what, what);
    this.#happen(id, { type: "what", said: said.what, what, happenings, gone: said.gone });
    if (said.settled) this.#options.onSettled(id);
  }

  /** Somebody says what it was; null takes it back. Answers the event; null = not known. */
  correct(id: string, label: Label | null): Event | null {
    this.#happen(id, { type: "corrected", label });
    return this.#current(id);
  }

  /** Somebody says what it was worth; null takes it back. Answers the event; null = not known. */
  mark(id: string, mark: Mark | null): Event | null {
    this.#happen(id, { type: "marked", mark });
    return this.#current(id);
  }

  /** It is not ignored, whatever is ruled; null takes a person's word back. Answers the event; null = not known. */
  spare(id: string, by: Spared | null): Event | null {
    this.#happen(id, { type: "spared", by });
    return this.#current(id);
  }

  /** Rules may be others than when it was ignored: it is shown again where they do not say so any more. */
  lift(id: string): void {
    const event = this.#current(id);
    if (event?.ignored === true && !this.#options.isIgnored(event)) this.#put({ ...event, ignored: false });
  }

  /** The clip is over: rings it shows have ended. */
  clipClosed(clip: string): void {
    for (const event of this.open) if (event.kind === "ring" && event.clip === clip) this.end(event.id);
  }

  /** The eye went away: what it was watching has no end any more. */
  interruptMotion(): void {
    const endWallMs = this.#options.clock.wallMs();
    for (const { id, kind } of this.open) {
      if (kind === "motion") this.#happen(id, { type: "interrupted", endWallMs });
    }
  }

  /** At shutdown: rings end, motion is interrupted, so that no row stays open. */
  close(): void {
    this.interruptMotion();
    for (const { id } of this.open) this.end(id);
  }

  #rangIn(fromWallMs: number, toWallMs: number): boolean {
    return this.#ringsWallMs.some((wallMs) => wallMs >= fromWallMs && wallMs <= toWallMs);
  }

  #certain(said: readonly Seen[], event: Pick<Event, "zones" | "pir">): Seen[] {
    return said.filter((seen) => this.#options.isCertain(seen, event));
  }

  #current(id: string): Event | null {
    return this.#open.get(id)?.event ?? this.#options.find(id);
  }

  #add(event: Event, cancel: () => void = () => {}): void {
    this.#open.set(event.id, { event, happenings: [], cancel });
    this.#options.tell(event, true);
    this.#options.keep(event);
  }

  #happen(id: string, happening: Happening): void {
    const before = this.#current(id);
    if (before === null) return;
    const changed = apply(before, happening);
    if (changed === before) return;
    const { isIgnored, ignoredMs, clock } = this.#options;
    const mayBe = before.ignored || clock.wallMs() - before.startWallMs < ignoredMs;
    this.#put({ ...changed, ignored: mayBe && isIgnored(changed) });
  }

  #put(event: Event): void {
    const open = this.#open.get(event.id);
    if (open !== undefined) open.event = event;
    if (event.state !== "open") {
      open?.cancel();
      this.#open.delete(event.id);
    }
    this.#options.tell(event, false);
    this.#options.keep(event);
  }
}

/** The eye says that the PIR moved in it: it woke the camera, or counted within the house's own window (`motion.pirWindowMs`). */
function feltBy({ seer = "picture", woke = false }: Pick<MotionSeen, "seer" | "woke">): boolean {
  return woke || seer !== "picture";
}
