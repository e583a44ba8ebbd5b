/**
 * LabelsCard: what the corrections of the past say of each label, a threshold that one tap uses, and the way back.
 *
 * One tap saves the threshold alone, whatever else is being tried on the sliders.
 */
import { useState } from "preact/hooks";
import type { LabelThreshold } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import type { Label } from "../../../models/labels.ts";
import { hoursLong } from "../../look/format.ts";
import { FaultNote } from "../../look/fault-note.tsx";
import { Icon } from "../../look/icons.tsx";
import type { Home } from "../../state/home.ts";
import { useStore } from "../../state/store.ts";
import { words } from "../../words.ts";
import type { Draft } from "../draft.ts";
import type { DraftDesk } from "../use-draft.ts";
import { ByHand } from "./by-hand.tsx";
import { LabelResult } from "./label-result.tsx";
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
  const [tapped, setTapped] = useState<Label | null>(null);
  const use = (label: Label, threshold: number): void => {
    setTapped(label);
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
          <LabelLine
            key={each.label}
            {...each}
            // known at once: the doorbell's next answer may take a while
            threshold={kept.thresholds?.[each.label] ?? null}
            desk={desk}
            isTapped={desk.by === "use" && tapped === each.label}
            onUse={isOwner ? use : null}
          />
        ))}
      </ul>
      {isOwner ? <ByHand desk={desk} draft={draft} /> : <p class="draw-hint">{say.ownersDecide}</p>}
    </section>
  );
}

interface LineProps extends LabelThreshold {
  readonly desk: DraftDesk;
  /** The last save was a tap on this line. */
  readonly isTapped: boolean;
  /** Null = not for this person. */
  readonly onUse: ((label: Label, threshold: number) => void) | null;
}

function LabelLine({ label, threshold, proposed, words: sentences, desk, isTapped, onUse }: LineProps) {
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
      {proposed !== null && proposed !== threshold && onUse !== null && (
        <button
          type="button"
          class="button button-main"
          disabled={desk.saving === "busy"}
          aria-label={`${words.what.labels[label]}: ${say.use(Math.round(proposed * 100))}`}
          onClick={() => onUse(label, proposed)}
        >
          <Icon name="check" />
          {say.use(Math.round(proposed * 100))}
        </button>
      )}
      <LabelResult desk={desk} isTapped={isTapped} />
    </li>
  );
}
