/**
 * LabelsCard: what the corrections of the past say of each label, a threshold that one tap uses, and the way back.
 *
 * One tap saves the threshold alone, whatever else is being tried on the sliders.
 */
import type { LabelThreshold } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { hoursLong } from "../../look/format.ts";
import { Fault } from "../../../hal/fault.ts";
import { FaultNote } from "../../look/fault-note.tsx";
import { Icon } from "../../look/icons.tsx";
import type { Home } from "../../state/home.ts";
import { useStore } from "../../state/store.ts";
import { words } from "../../words.ts";
import type { Draft } from "../draft.ts";
import type { DraftDesk } from "../use-draft.ts";
import { ByHand } from "./by-hand.tsx";
import { SensorNote } from "./sensor-note.tsx";
import { useLabels } from "./use-labels.ts";

const { labels: say, loading } = words.calibrate;

interface Props {
  readonly home: Home;
  readonly desk: DraftDesk;
  readonly draft: Draft;
  readonly kept: Zones;
  /** This person decides what is told. */
  readonly isOwner: boolean;
}

export function LabelsCard({ home, desk, draft, kept, isOwner }: Props) {
  const { value, fault } = useLabels(home, kept);
  const hours = useStore(home.store, (model) => model.status?.storage.retentionHours ?? null);
  const { saving } = desk;
  /** The last save was a tap here. */
  const tapped = desk.by === "use";
  const use = (label: LabelThreshold["label"], threshold: number): void => {
    void desk.use({ do: "threshold", label, threshold });
  };
  const named =
    value?.labels.filter(({ called, hidden, threshold }) => called + hidden > 0 || threshold !== null) ?? [];
  return (
    <section class="card labels" aria-labelledby="labels-title" data-testid="labels">
      <h3 id="labels-title">{say.title}</h3>
      <p class="block-note">{say.note(hours === null ? null : hoursLong(hours))}</p>
      <SensorNote home={home} />
      <FaultNote fault={fault} />
      {value === null && fault === null && <p role="status">{loading}</p>}
      {value !== null && named.length === 0 && <p class="draw-hint">{say.nothing}</p>}
      <ul class="label-list">
        {named.map((each) => (
          <LabelLine key={each.label} {...each} busy={desk.saving === "busy"} onUse={isOwner ? use : null} />
        ))}
      </ul>
      <div role="status" class="labels-result">
        {tapped && saving === "saved" && (
          <p class="draw-good">
            <Icon name="check" />
            {say.used}
          </p>
        )}
        {tapped && saving === "put-back" && <p class="draw-good">{say.isBack}</p>}
      </div>
      {tapped && saving === "saved" && desk.before !== null && (
        <button
          type="button"
          class="button"
          onClick={() => void desk.putBack()}
          data-testid="labels-put-back"
        >
          <Icon name="undo" />
          {say.putBack}
        </button>
      )}
      <FaultNote fault={tapped && saving instanceof Fault ? saving : null} />
      {isOwner ? <ByHand desk={desk} draft={draft} /> : <p class="draw-hint">{say.ownersDecide}</p>}
    </section>
  );
}

interface LineProps extends LabelThreshold {
  readonly busy: boolean;
  /** Null = not for this person. */
  readonly onUse: ((label: LabelThreshold["label"], threshold: number) => void) | null;
}

function LabelLine({ label, threshold, proposed, words: sentences, busy, onUse }: LineProps) {
  return (
    <li class="label-line" data-label={label}>
      <p class="slider-head">
        <strong>{words.what.labels[label]}</strong>
        <span class="slider-value">{say.countsFrom(Math.round((threshold ?? 0) * 100))}</span>
      </p>
      <ul class="proposal-words">
        {sentences.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {proposed !== null && onUse !== null && (
        <button
          type="button"
          class="button button-main"
          disabled={busy}
          aria-label={`${words.what.labels[label]}: ${say.use(Math.round(proposed * 100))}`}
          onClick={() => onUse(label, proposed)}
        >
          <Icon name="check" />
          {say.use(Math.round(proposed * 100))}
        </button>
      )}
    </li>
  );
}
