/**
 * AlarmNote: on every page, until somebody has acknowledged it: the record of this house was set back or changed.
 */
import "../look/ledger.css";
import { moment, number } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { saveFile } from "../look/save-file.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import type { LedgerWatch } from "./watch.ts";

const { ledger: say } = words;

export function AlarmNote({ watch }: { readonly watch: LedgerWatch }) {
  const { alarm, size, checkedWallMs } = useStore(watch.store, (state) => state);
  if (alarm === null) return null;
  const save = (): void => {
    const evidence = new Blob([JSON.stringify({ device: watch.device, ...alarm }, null, 2)]);
    saveFile(evidence, "sill-ledger-alarm.json");
  };
  return (
    <section
      class="ledger-alarm"
      role="alert"
      aria-labelledby="ledger-alarm-title"
      data-testid="ledger-alarm"
    >
      <Icon name="alert" />
      <div>
        <h2 id="ledger-alarm-title">{say.alarm[alarm.kind].title}</h2>
        <p>{say.alarm[alarm.kind].means}</p>
        <p>{say.alarmWhat}</p>
        <p class="block-note">
          {say.alarmSeen(moment(alarm.wallMs))}
          {checkedWallMs > 0 && ` ${say.alarmBefore(number(size), moment(checkedWallMs))}`}
        </p>
      </div>
      <p class="ledger-alarm-do">
        <button type="button" class="button" onClick={save}>
          {say.save}
        </button>
        <button type="button" class="button" onClick={() => watch.acknowledge()}>
          {say.acknowledge}
        </button>
      </p>
    </section>
  );
}
