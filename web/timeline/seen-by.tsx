/**
 * SeenBy: who opened this recording and what of it was given out, from the ledger, and whether the ledger holds.
 *
 * Asked when it is unfolded. The check is the one of the history page (web/ledger): signature, and grown from what
 * this browser saw last.
 */
import { useEffect, useState } from "preact/hooks";
import { toFault, type Fault } from "../../hal/fault.ts";
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import { HistoryRow } from "../history/history-entry.tsx";
import type { LedgerWatch } from "../ledger/watch.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { moment, number } from "../look/format.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { getAbout } from "./api.ts";

const { seen: say } = words.timeline;

interface Props {
  readonly clip: string;
  readonly ledger: LedgerWatch;
}

export function SeenBy({ clip, ledger }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details
      class="seen-by"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      data-testid="seen-by"
    >
      <summary>{say.title}</summary>
      {open && <Entries key={clip} clip={clip} ledger={ledger} />}
    </details>
  );
}

function Entries({ clip, ledger }: Props) {
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    getAbout(clip, abort.signal).then(setEntries, (error: unknown) => {
      if (!abort.signal.aborted) setFault(toFault(error));
    });
    void ledger.check();
    return () => abort.abort();
  }, []);
  if (fault !== null) return <FaultNote fault={fault} />;
  if (entries === null) return <p role="status">{say.asking}</p>;
  return (
    <>
      {entries.length === 0 && <p class="block-note">{say.nobody}</p>}
      <ol class="cards">
        {entries.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} />
        ))}
      </ol>
      <Checked ledger={ledger} />
    </>
  );
}

function Checked({ ledger }: Pick<Props, "ledger">) {
  const { alarm, checkpoint, fault, size, checkedWallMs } = useStore(ledger.store, (state) => state);
  const text =
    alarm !== null
      ? say.alarm
      : checkpoint !== null && fault === null
        ? say.checked(number(size), moment(checkedWallMs))
        : say.unchecked;
  return <p class="block-note">{text}</p>;
}
