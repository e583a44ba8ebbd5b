/**
 * HistoryPage: who was shown what, who decided and changed what, newest first, and whether the record holds.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import { getHistory } from "../identity/api.ts";
import { LedgerNote } from "../ledger/ledger-note.tsx";
import { FaultNote } from "../look/fault-note.tsx";
import { useAction } from "../look/use-action.ts";
import type { PageProps } from "../route/page-props.ts";
import { words } from "../words.ts";
import { HistoryRow } from "./history-entry.tsx";
import { filters, withoutOf, type Filter } from "./kinds.ts";

const { history: say } = words.people;

interface Shown {
  readonly entries: readonly HistoryEntry[];
  readonly next: string | null;
}

export function HistoryPage({ ledger, me }: PageProps) {
  const [filter, setFilter] = useState<Filter>("all");
  const [shown, setShown] = useState<Shown | null>(null);
  const wanted = useRef(filter);
  const { busy, fault, run } = useAction();
  const load = async (before: string | null): Promise<void> => {
    const { entries, next } = await getHistory({ before, without: withoutOf(filter) });
    if (wanted.current !== filter) return; // another filter was chosen meanwhile
    setShown((old) => ({ entries: [...(before === null ? [] : (old?.entries ?? [])), ...entries], next }));
  };
  useEffect(() => {
    wanted.current = filter;
    setShown(null);
    void load(null).catch(() => void run(() => load(null)));
    void ledger.check();
  }, [filter]);
  return (
    <section class="block">
      <LedgerNote watch={ledger} mayExport={me.person.role === "owner"} />
      <Filters chosen={filter} onChoose={setFilter} />
      <FaultNote fault={fault} />
      {shown?.entries.length === 0 && (
        <p class="block-note">{say.none[shown.next === null ? "end" : "more"]}</p>
      )}
      <ol class="cards">
        {shown?.entries.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {shown?.next != null && (
        <button type="button" class="button" disabled={busy} onClick={() => void run(() => load(shown.next))}>
          {say.more}
        </button>
      )}
    </section>
  );
}

interface FiltersProps {
  readonly chosen: Filter;
  readonly onChoose: (filter: Filter) => void;
}

function Filters({ chosen, onChoose }: FiltersProps) {
  return (
    <div class="filters history-filters" role="group" aria-label={say.filter}>
      {filters.map((filter) => (
        <button
          key={filter}
          type="button"
          class="filter"
          aria-pressed={filter === chosen}
          onClick={() => onChoose(filter)}
        >
          {say.filters[filter]}
        </button>
      ))}
    </div>
  );
}
