/**
 * ByHand: a slider for each label: from how sure on it counts. Part of the draft: saved with it.
 */
import { labels } from "../../../models/labels.ts";
import { words } from "../../words.ts";
import type { Draft } from "../draft.ts";
import { LevelSlider } from "../level-slider.tsx";
import type { DraftDesk } from "../use-draft.ts";

const { labels: say } = words.calibrate;

interface Props {
  readonly desk: DraftDesk;
  readonly draft: Draft;
}

export function ByHand({ desk, draft }: Props) {
  return (
    <details class="labels-by-hand">
      <summary>{say.byHand}</summary>
      <p class="draw-hint">{say.byHandNote}</p>
      {labels.map((label) => {
        const name = words.what.labels[label];
        const percent = Math.round((draft.now.thresholds?.[label] ?? 0) * 100);
        return (
          <div key={label} class="slider">
            <p class="slider-head">
              <strong>{name}</strong>
              <output class="slider-value">{say.level(percent)}</output>
            </p>
            <LevelSlider
              label={say.of(name)}
              value={percent}
              inWords={say.level}
              onValue={(value, run) =>
                desk.change({ do: "threshold", label, threshold: value / 100 }, run ?? undefined)
              }
            />
          </div>
        );
      })}
    </details>
  );
}
