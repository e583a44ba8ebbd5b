/**
 * SaveBar: what differs from what the doorbell keeps, saving it, and the way back.
 */
import { Fault } from "../../hal/fault.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { differences, flawOf, type Difference, type LabelDifference } from "./draft.ts";
import type { DraftDesk } from "./use-draft.ts";

const { calibrate: say } = words;

function differenceWords({ zone, from, to }: Difference): string {
  const inWords = (value: number | null): string =>
    value === null ? (zone === null ? say.asSetShort : say.asWholeShort) : String(value);
  return say.difference(zone ?? say.whole, inWords(from), inWords(to));
}

function labelWords({ label, from, to }: LabelDifference): string {
  const inWords = (value: number): string => say.labels.countsFrom(Math.round(value * 100));
  return say.labels.difference(words.what.labels[label], inWords(from), inWords(to));
}

export function SaveBar({ desk }: { readonly desk: DraftDesk }) {
  const { draft, kept, before } = desk;
  /** Of what was saved elsewhere on the page, that place tells. */
  const saving = desk.by === "save" || desk.saving === "busy" ? desk.saving : "no";
  if (draft === null || kept === null) return null;
  const { numbers, thresholds, rules } = differences(kept, draft.now);
  const differs = numbers.length + thresholds.length > 0 || rules;
  const flaw = flawOf(draft.now);
  const busy = saving === "busy";
  return (
    <section class="save-bar" data-differs={differs} aria-label={say.saveTitle}>
      {differs && (
        <ul class="save-differences">
          {numbers.map((each) => (
            <li key={each.zone ?? ""}>{differenceWords(each)}</li>
          ))}
          {thresholds.map((each) => (
            <li key={`label ${each.label}`}>{labelWords(each)}</li>
          ))}
          {rules && <li>{say.rulesChanged}</li>}
        </ul>
      )}
      {flaw !== null && <p class="draw-wrong">{say.flaws[flaw]}</p>}
      <div class="save-buttons">
        <button
          type="button"
          class="button button-main"
          disabled={!differs || busy || flaw !== null}
          onClick={() => void desk.save()}
          data-testid="save"
        >
          <Icon name="check" />
          {say.save}
        </button>
        {differs && (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => desk.change({ do: "all", zones: kept })}
          >
            {say.discard}
          </button>
        )}
      </div>
      <div role="status" class="save-result" data-testid="result">
        {!differs && saving === "no" && <p class="draw-hint">{say.unchanged}</p>}
        {saving === "saved" && !differs && (
          <p class="draw-good">
            <Icon name="check" />
            {say.saved}
          </p>
        )}
        {saving === "put-back" && <p class="draw-good">{say.isBack}</p>}
      </div>
      {before !== null && saving === "saved" && !differs && (
        <button type="button" class="button" onClick={() => void desk.putBack()} data-testid="put-back">
          <Icon name="undo" />
          {say.putBack}
        </button>
      )}
      <FaultNote fault={saving instanceof Fault ? saving : null} />
    </section>
  );
}
