/**
 * HistoryPage: who changed what and when, newest first; of a policy, how much was and is visible.
 */
import { useEffect, useState } from "preact/hooks";
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import { getHistory } from "../identity/api.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { moment, percent } from "../look/format.ts";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";

const { history: say } = words.people;

interface Shown {
  readonly entries: readonly HistoryEntry[];
  readonly next: string | null;
}

export function HistoryPage() {
  const [shown, setShown] = useState<Shown | null>(null);
  const { busy, fault, run } = useAction();
  const load = async (before: string | null): Promise<void> => {
    const { entries, next } = await getHistory(before);
    setShown((old) => ({ entries: [...(before === null ? [] : (old?.entries ?? [])), ...entries], next }));
  };
  useEffect(() => void run(() => load(null)), []);
  return (
    <section class="block">
      <FaultNote fault={fault} />
      {shown?.entries.length === 0 && <p class="block-note">{say.empty}</p>}
      <ol class="cards">
        {shown?.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
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

function seenOf({ fromFrac, toFrac }: HistoryEntry): string | null {
  if (toFrac === null) return null;
  return fromFrac === null ? say.seesNow(percent(toFrac)) : say.sees(percent(fromFrac), percent(toFrac));
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const details = [seenOf(entry), entry.detail === "" ? null : entry.detail];
  return (
    <li class="card history-entry" data-what={entry.what}>
      <p class="card-words">
        <span>
          <strong>{entry.who ?? say.doorbell}</strong> {say.what[entry.what]}
        </span>
        <span class="history-detail">{details.filter((text) => text !== null).join(" · ")}</span>
      </p>
      <time dateTime={new Date(entry.wallMs).toISOString()}>{moment(entry.wallMs)}</time>
    </li>
  );
}
