/**
 * Audience: who is told of what happens, now, later or never; and what was decided, so that somebody can ask why a
 * phone stayed silent.
 *
 * Listeners are the house's channels, ntfy and webhook together, and every owner and member. The broker is no listener:
 * home systems have rules of their own, and hear of all that is not ignored. A ring is decided in the tick of the event, and
 * so is a movement while nobody can say what it is. Where a model looks, a movement waits for its word, at most
 * `patienceMs`. What nobody was told yet is decided again with every change of the event (it reaches a zone, it is a person
 * after all): each listener is told of a movement once, and once of each thing that happens in it. Without a model that is
 * ready, who wants persons, cars or animals is told that something moves, also where it goes away meanwhile: in doubt it is told.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { isQuiet } from "../../alerts/quiet.ts";
import { countOf } from "../../alerts/counts.ts";
import { alertKinds, asMeant, moveKinds, toldAs, type AlertKind } from "../../alerts/kinds.ts";
import { heard, looked, newListener, type Listener, type Now } from "../../alerts/listener.ts";
import type { Rules } from "../../alerts/rules.ts";
import type { Sum } from "../../alerts/sum.ts";
import type { Verdict } from "../../alerts/verdict.ts";
import type { ZoneAction } from "../../alerts/zone-actions.ts";
import type { Event } from "../../wire/api.ts";
import { newId } from "../../wire/id.ts";
import type { HappeningKind } from "../../wire/what.ts";
import { duesOf, Following, type Due, type Followed } from "./following.ts";
import type { HeldFile, HeldSums } from "./held-file.ts";
import { tellingsOf, whomOf, type Telling, type Whom } from "./telling.ts";
import { ToldLog } from "./told-log.ts";
import { house, type RulesBook } from "./rules-book.ts";

export interface AudienceOptions {
  readonly clock: Clock;
  readonly rules: RulesBook;
  /** What waited at the last end of the keeper, and waits. */
  readonly heldFile: HeldFile;
  /** Names of the motion zones as they are drawn now. */
  readonly zones: () => readonly string[];
  /** Ids of owners and members. */
  readonly persons: () => readonly string[];
  /** Is there a browser of theirs that can be told? */
  readonly hasPhone: (person: string) => boolean;
  /** What the settings let ntfy and webhook be told of; none = neither is set. */
  readonly houseKinds: readonly AlertKind[];
  /** The house's word on such a thing where this event is. */
  readonly actionOn: (kind: AlertKind, event: Event) => ZoneAction;
  /** A model looks at what moves: its word is worth waiting for. */
  readonly hasModel: () => boolean;
  readonly patienceMs: number;
  readonly tell: (event: Event, tellings: readonly Telling[]) => void;
  /** What these were not told when it happened. */
  readonly tellDigest: (whom: Whom, digest: Sum) => void;
  /** Something was decided, or told. */
  readonly onChange: () => void;
}

/** A snooze that is over is seen within this, and so is a digest that is due. */
const lookEveryMs = 5_000;

export class Audience {
  readonly #options: AudienceOptions;
  readonly #listeners = new Map<string, Listener>();
  readonly #log = new ToldLog();
  readonly #following: Following;
  #isRunning = false;
  #cancelLook = (): void => {};

  constructor(options: AudienceOptions) {
    this.#options = options;
    for (const [listener, held] of options.heldFile.first)
      this.#listeners.set(listener, { ...newListener, held });
    const { clock, patienceMs, hasModel } = options;
    const onDue = (followed: Followed): void => this.#decideAll(followed);
    this.#following = new Following({ clock, patienceMs, hasModel, onDue });
  }

  start(): void {
    const { clock, rules } = this.#options;
    // the platform loads its table of time zones at the first use: not at the first press
    isQuiet(
      { ...rules.rules(house), quiet: [{ days: ["sun"], from: "00:00", to: "00:01" }] },
      clock.wallMs(),
    );
    this.#isRunning = true;
    this.#cancelLook = clock.every(lookEveryMs, () => this.look());
  }

  /** Resolves when what waits is on the disk. */
  async stop(): Promise<void> {
    this.#cancelLook();
    this.#following.stop();
    this.#isRunning = false;
    const { heldFile, rules } = this.#options;
    await Promise.all([heldFile.keep(this.#held(), { now: true }), rules.tend()]);
  }

  /** A new event, or one that has changed: who is to be told of it is. */
  event(event: Event, fresh: boolean): void {
    if (fresh) this.#following.begin(event);
    else this.#following.changed(event);
  }

  /** So since an event before: true of this one, and news to nobody. */
  known(id: string, kinds: readonly HappeningKind[]): void {
    this.#following.known(id, kinds);
  }

  /** Nothing better is to be expected of what moved there. */
  settled(id: string): void {
    this.#following.settled(id);
  }

  /** The model that looks at what moves came, or went. */
  model(): void {
    this.#following.model();
  }

  /** Time has passed, or rules are others: what is due is told. */
  look(): void {
    const { clock, rules, tellDigest, onChange, heldFile } = this.#options;
    // before that nobody knows who has a phone
    if (!this.#isRunning) return;
    void rules.tend();
    let told = false;
    const present = this.#everybody();
    for (const [listener, state] of this.#listeners) {
      if (!present.includes(listener) || !this.#isReached(listener)) {
        this.#listeners.delete(listener);
        continue;
      }
      const { listener: next, digest } = looked(state, this.#circumstances(listener));
      this.#listeners.set(listener, next);
      if (digest === null) continue;
      this.#following.summed(listener);
      const wallMs = Math.round(clock.wallMs());
      this.#log.digest({ id: newId(wallMs), listener, sum: digest, wallMs });
      tellDigest(whomOf([listener]), digest);
      told = true;
      onChange();
    }
    void heldFile.keep(this.#held(), { now: told });
  }

  /** How many wait for their digest. */
  held(listener: string): number {
    return countOf(this.#listeners.get(listener)?.held ?? null);
  }

  get log(): ToldLog {
    return this.#log;
  }

  #held(): HeldSums {
    const sums = [...this.#listeners].flatMap(([listener, { held }]) =>
      held === null ? [] : [[listener, held] as const],
    );
    return new Map(sums);
  }

  #everybody(): string[] {
    const { persons, houseKinds } = this.#options;
    return houseKinds.length === 0 ? [...persons()] : [house, ...persons()];
  }

  #decideAll(followed: Followed): void {
    this.look();
    const { actionOn, onChange, tell } = this.#options;
    const { event } = followed;
    const broker: AlertKind[] = followed.forBroker((kind) => actionOn(kind, event) !== "ignore");
    const told = new Map<AlertKind, string[]>();
    for (const due of duesOf(followed)) {
      const verdicts = new Map<string, Verdict>();
      for (const listener of this.#everybody()) {
        if (followed.had(listener, due.what) !== null) continue;
        const { verdict, kind } = this.#decide(listener, followed, due);
        verdicts.set(listener, verdict);
        followed.note(listener, due.what, verdict);
        if (verdict.told === "now") told.set(kind, [...(told.get(kind) ?? []), listener]);
      }
      if (verdicts.size > 0) this.#log.event(event, due, verdicts);
    }
    onChange();
    tell(event, tellingsOf(broker.map(toldAs), told));
  }

  /** `kind` = the first that they asked for and are let be told of; where there is none, the first. */
  #decide(
    listener: string,
    followed: Followed,
    { kinds }: Due,
  ): { readonly verdict: Verdict; readonly kind: AlertKind } {
    const { event } = followed;
    const circumstances = this.#circumstances(listener);
    const wanted = this.#wanted(circumstances.rules.kinds);
    const asked = kinds.filter((each) => wanted.includes(each));
    const kind = asked.find((each) => this.#options.actionOn(each, event) === "alert");
    if (kind === undefined)
      return { verdict: { told: "never", why: asked.length === 0 ? "kind" : "rule" }, kind: kinds[0] };
    const state = this.#listeners.get(listener) ?? newListener;
    const happening = { id: event.id, kind, zones: event.zones, before: followed.before(listener) };
    const rules = { ...circumstances.rules, kinds: wanted };
    const { listener: next, verdict } = heard(state, happening, { ...circumstances, rules });
    if (verdict.told !== "never" && !this.#isReached(listener))
      return { verdict: { told: "never", why: "phone" }, kind };
    this.#listeners.set(listener, next);
    return { verdict, kind };
  }

  /** While no model can say what moves, whoever wants any of it wants to know that something does. */
  #wanted(kinds: readonly AlertKind[]): AlertKind[] {
    const isBlind = !this.#options.hasModel() && moveKinds.some((kind) => kinds.includes(kind));
    return isBlind && !kinds.includes("motion") ? [...kinds, "motion"] : [...kinds];
  }

  #isReached(listener: string): boolean {
    return listener === house || this.#options.hasPhone(listener);
  }

  #circumstances(listener: string): { readonly rules: Rules; readonly now: Now } {
    const { clock, rules, houseKinds } = this.#options;
    const chosen = rules.rules(listener);
    const allowed = listener === house ? asMeant(houseKinds) : alertKinds;
    const kinds = chosen.kinds.filter((kind) => allowed.includes(kind));
    // a name that no zone has any more keeps nobody silent: where none is left it counts everywhere
    const drawn = this.#options.zones();
    const zones = chosen.zones.filter((zone) => drawn.includes(zone));
    const now = { wallMs: clock.wallMs(), monoMs: clock.monoMs(), snooze: rules.snooze(listener) };
    return { rules: { ...chosen, kinds, zones }, now };
  }
}
