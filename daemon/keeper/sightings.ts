/**
 * Sightings: who had which recording opened, as the ledger tells it.
 *
 * Read from the ledger once, when first asked, and kept up with what is told from then on. Bounded: the oldest are
 * forgotten first, as the ledger itself forgets who watched what (history.ts, everydayDays).
 */
import type { HistoryEntry } from "../wire/api-household.ts";
import { entryKinds } from "../ledger/kinds.ts";
import type { Watched } from "../wire/api-timeline.ts";
import { wallMsOf } from "../wire/id-time.ts";
import type { HistoryPage, HistoryQuery } from "./history.ts";

const mostClips = 50_000;
const pageSize = 200;
const allOthers = entryKinds.filter((kind) => kind !== "clip-view");

export interface SightingsOptions {
  readonly page: (query: HistoryQuery) => Promise<HistoryPage>;
}

export class Sightings {
  readonly #page: SightingsOptions["page"];
  /** Of each clip, oldest told first. */
  readonly #watchers = new Map<string, Set<string>>();
  #reading: Promise<void> | null = null;

  constructor({ page }: SightingsOptions) {
    this.#page = page;
  }

  /** From every entry that was told. */
  told({ what, who, about }: Pick<HistoryEntry, "what" | "who" | "about">): void {
    if (what === "clip-view" && who !== null && about?.clip !== undefined) this.#add(about.clip, who);
  }

  /** Recordings that began within [from, to). Rejects when the ledger cannot be read; asked again, it tries again. */
  async between(from: number, to: number): Promise<Watched> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      this.#reading = null;
      throw error;
    });
    await this.#reading;
    const people = new Map<string, string[]>();
    for (const [clip, watchers] of this.#watchers) {
      const at = wallMsOf(clip);
      if (at === null || at < from || at >= to) continue;
      for (const who of watchers) push(people, who, clip);
    }
    return {
      people: [...people]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([who, clips]) => ({ who, clips: clips.sort().reverse() })),
    };
  }

  async #read(): Promise<void> {
    let before: number | null = null;
    do {
      const { entries, next }: HistoryPage = await this.#page({
        before,
        limit: pageSize,
        without: allOthers,
      });
      for (const entry of entries) this.told(entry);
      before = this.#watchers.size < mostClips ? next : null;
    } while (before !== null);
  }

  #add(clip: string, who: string): void {
    const watchers = this.#watchers.get(clip);
    if (watchers !== undefined) return void watchers.add(who);
    this.#watchers.set(clip, new Set([who]));
    if (this.#watchers.size <= mostClips) return;
    const oldest = [...this.#watchers.keys()].reduce((a, b) => (a < b ? a : b));
    this.#watchers.delete(oldest);
  }
}

function push(lists: Map<string, string[]>, name: string, value: string): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}
