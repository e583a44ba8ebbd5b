/**
 * Told log: what was told, held or refused lately and why, for the page. In memory, of a fixed size.
 */
import type { Sum } from "../../alerts/sum.ts";
import type { Verdict } from "../../alerts/verdict.ts";
import type { Event } from "../../wire/api.ts";
import type { Outcome, ToldEntry } from "../../wire/api-alerts.ts";
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

  event({ id, kind, startWallMs, zones }: Event, verdicts: ReadonlyMap<string, Verdict>): void {
    const before = this.#entries.find((entry) => entry.id === id)?.outcomes ?? [];
    const after = [...verdicts].map(([listener, verdict]) => [listener, outcomeOf(verdict)] as const);
    this.#add({
      id,
      wallMs: startWallMs,
      what: kind,
      zones,
      sum: null,
      outcomes: new Map([...before, ...after]),
    });
  }

  digest({ id, listener, sum, wallMs }: DigestTold): void {
    const { rings, motions, why, zones } = sum;
    const outcomes = new Map([[listener, { told: "now", why: null } as const]]);
    this.#add({ id, wallMs, what: "digest", zones, sum: { rings, motions, why }, outcomes });
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
    this.#entries = [...this.#entries.filter(({ id }) => id !== entry.id), entry].slice(-mostKept);
  }
}

function outcomeOf(verdict: Verdict): Outcome {
  return { told: verdict.told, why: verdict.told === "now" ? null : verdict.why };
}
