/**
 * LedgerNote: over the history: was it checked, how far, and how anybody else can check it.
 */
import { ledgerKey } from "../../daemon/ledger/key.ts";
import { moment, number, sentence } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { exportPath } from "./ask.ts";
import type { LedgerWatch } from "./watch.ts";

const { ledger: say } = words;

export function LedgerNote({
  watch,
  mayExport,
}: {
  readonly watch: LedgerWatch;
  readonly mayExport: boolean;
}) {
  const { busy, fault, alarm, checkpoint, size, checkedWallMs } = useStore(watch.store, (state) => state);
  const holds = alarm === null && checkpoint !== null;
  return (
    <div class="ledger-note" data-state={alarm !== null ? "alarm" : fault !== null ? "waits" : "holds"}>
      <Icon name={holds && fault === null ? "check" : "alert"} />
      <div>
        <p data-testid="ledger-note">
          <strong>
            {holds ? say.checked(number(size), moment(checkedWallMs)) : busy ? say.checking : say.unchecked}
          </strong>
        </p>
        {fault !== null && <p>{`${say.failed} ${sentence(fault.message)}`}</p>}
        <details>
          <summary>{say.more}</summary>
          <p>{say.how}</p>
          <p>
            {say.key} <code class="ledger-key">{ledgerKey(watch.device)}</code>
          </p>
          {mayExport && (
            <a class="button" href={exportPath} download="sill-ledger.txt">
              {say.export}
            </a>
          )}
        </details>
      </div>
    </div>
  );
}
