/**
 * Audience: who is told of what happens, now, later or never; and what was decided, so that somebody can ask why a
 * phone stayed silent.
 *
 * Listeners are the house's channels, ntfy and webhook together, and every owner and member. The broker is no listener:
 * home systems have rules of their own. Decisions are made in the tick of the event. A movement that reaches a zone
 * somebody waits for only later is decided again for them.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { isQuiet } from "../../alerts/quiet.ts";
import { heard, looked, newListener, type Listener, type Now } from "../../alerts/listener.ts";
import { alertKinds, type AlertKind, type Rules } from "../../alerts/rules.ts";
import { countOf, type Sum } from "../../alerts/sum.ts";
import type { Verdict } from "../../alerts/verdict.ts";
import type { Event } from "../../wire/api.ts";
import { newId } from "../../wire/id.ts";
import type { HeldFile, HeldSums } from "./held-file.ts";
import { ToldLog } from "./told-log.ts";
import { house, type RulesBook } from "./rules-book.ts";

/** Who is told. */
export interface Whom {
  /** ntfy and webhook. */
  readonly house: boolean;
  /** Ids. */
  readonly persons: readonly string[];
}

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
  /** What these were not told when it happened. */
  readonly tellDigest: (whom: Whom, digest: Sum) => void;
  /** Something was decided, or told. */
  readonly onChange: () => void;
}

/** A snooze that is over is seen within this, and so is a digest that is due. */
const lookEveryMs = 5_000;
const mostElsewhere = 16;

export class Audience {
  readonly #options: AudienceOptions;
  readonly #listeners = new Map<string, Listener>();
  readonly #log = new ToldLog();
  /** Movements that some did not want for where they were, with these. */
  readonly #elsewhere = new Map<string, readonly string[]>();
  #isRunning = false;
  #cancelLook = (): void => {};

  constructor(options: AudienceOptions) {
    this.#options = options;
    for (const [listener, held] of options.heldFile.first)
      this.#listeners.set(listener, { ...newListener, held });
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
    this.#isRunning = false;
    const { heldFile, rules } = this.#options;
    await Promise.all([heldFile.keep(this.#held(), { now: true }), rules.tend()]);
  }

  /** A new event, or one that has changed: who is told of it now. */
  event(event: Event, fresh: boolean): Whom {
    const whom = fresh ? this.#everybody() : this.#stillWaiting(event);
    if (whom.length === 0) return whomOf([]);
    this.look();
    const verdicts = new Map(whom.map((listener) => [listener, this.#decide(listener, event)] as const));
    const missed = whom.filter((listener) => isElsewhere(verdicts.get(listener)));
    this.#elsewhere.delete(event.id);
    if (missed.length > 0) this.#elsewhere.set(event.id, missed);
    for (const id of this.#elsewhere.keys())
      if (this.#elsewhere.size > mostElsewhere) this.#elsewhere.delete(id);
    this.#log.event(event, verdicts);
    const told = whom.filter((listener) => verdicts.get(listener)?.told === "now");
    this.#options.onChange();
    return whomOf(told);
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

  /** Whom this event did not interest where it was before. */
  #stillWaiting({ id }: Event): string[] {
    const waiting = this.#elsewhere.get(id) ?? [];
    return waiting.length === 0 ? [] : this.#everybody().filter((listener) => waiting.includes(listener));
  }

  #decide(listener: string, { id, kind, zones }: Event): Verdict {
    const state = this.#listeners.get(listener) ?? newListener;
    const { listener: next, verdict } = heard(state, { id, kind, zones }, this.#circumstances(listener));
    if (verdict.told !== "never" && !this.#isReached(listener)) return { told: "never", why: "phone" };
    this.#listeners.set(listener, next);
    return verdict;
  }

  #isReached(listener: string): boolean {
    return listener === house || this.#options.hasPhone(listener);
  }

  #circumstances(listener: string): { readonly rules: Rules; readonly now: Now } {
    const { clock, rules, houseKinds } = this.#options;
    const chosen = rules.rules(listener);
    const allowed = listener === house ? houseKinds : alertKinds;
    const kinds = chosen.kinds.filter((kind) => allowed.includes(kind));
    // a name that no zone has any more keeps nobody silent: where none is left it counts everywhere
    const drawn = this.#options.zones();
    const zones = chosen.zones.filter((zone) => drawn.includes(zone));
    const now = { wallMs: clock.wallMs(), monoMs: clock.monoMs(), snooze: rules.snooze(listener) };
    return { rules: { ...chosen, kinds, zones }, now };
  }
}

function whomOf(told: readonly string[]): Whom {
  return { house: told.includes(house), persons: told.filter((listener) => listener !== house) };
}

function isElsewhere(verdict: Verdict | undefined): boolean {
  return verdict?.told === "never" && verdict.why === "zone";
}
