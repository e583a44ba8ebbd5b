/**
 * Told log: what was told, held or refused lately and why, for the page. In memory, of a fixed size.
 */
import { countsIn } from "../../alerts/counts.ts";
import type { Sum } from "../../alerts/sum.ts";
import type { Verdict } from "../../alerts/verdict.ts";
import type { Event } from "../../wire/api.ts";
import type { Outcome, ToldEntry } from "../../wire/api-alerts.ts";
import type { Due } from "./following.ts";
import { house } from "./rules-book.ts";

interface Entry extends Pick<ToldEntry, "id" | "wallMs" | "what" | "sum"> {
  readonly zones: readonly string[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

export interface DigestTold {
  readonly id: string;
  readonly listener: string;
  readonly sum: Sum;
  readonly wallMs: number;
}

/** So that one person's digests do not push out what another asks for. */
const mostKept = 256;
const mostShown = 50;

export class ToldLog {
  #entries: Entry[] = [];

  /** A part of an event that was decided anew stays where it stands. */
  event({ id: event, startWallMs, zones }: Event, due: Due, verdicts: ReadonlyMap<string, Verdict>): void {
    const { what: part, kinds } = due;
    const id = part === "ring" || part === "move" ? event : `${event}-${part}`;
    const index = this.#entries.findIndex((entry) => entry.id === id);
    const before = this.#entries[index]?.outcomes ?? [];
    const after = [...verdicts].map(([listener, verdict]) => [listener, outcomeOf(verdict)] as const);
    const outcomes = new Map([...before, ...after]);
    const entry: Entry = { id, wallMs: startWallMs, what: kinds[0], zones, sum: null, outcomes };
    if (index < 0) this.#add(entry);
    else this.#entries = this.#entries.with(index, entry);
  }

  digest({ id, listener, sum, wallMs }: DigestTold): void {
    const { why, zones } = sum;
    const outcomes = new Map([[listener, { told: "now", why: null } as const]]);
    this.#add({ id, wallMs, what: "digest", zones, sum: { ...countsIn(sum), why }, outcomes });
  }

  /** Newest first: what concerned this person, or the house's channels. */
  of(person: string): ToldEntry[] {
    return this.#entries
      .filter(({ outcomes }) => outcomes.has(person) || outcomes.has(house))
      .slice(-mostShown)
      .toReversed()
      .map(({ outcomes, zones, ...entry }) => ({
        ...entry,
        zones: [...zones],
        own: outcomes.get(person) ?? null,
        house: outcomes.get(house) ?? null,
      }));
  }

  #add(entry: Entry): void {
    this.#entries = [...this.#entries, entry].slice(-mostKept);
  }
}

function outcomeOf(verdict: Verdict): Outcome {
  return { told: verdict.told, why: verdict.told === "now" ? null : verdict.why };
}
