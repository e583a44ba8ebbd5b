/**
 * SnoozePart: snoozes one listener, with or without rings, or ends it.
 */
import { useState } from "preact/hooks";
import { snoozeLengths } from "./lengths.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { endSnooze, putSnooze, type Whose } from "./api.ts";
import { silenceNow, type Listening } from "./silence.ts";
import { silenceWords } from "./silence-words.ts";
import type { Alerts } from "./use-alerts.ts";

const { snooze: say } = words.alerts;

interface Props {
  readonly whose: Whose;
  readonly title: string;
  readonly listening: Listening;
  readonly alerts: Alerts;
  readonly nowMs: number;
}

export function SnoozePart({ whose, title, listening, alerts, nowMs }: Props) {
  const [ringThrough, setRingThrough] = useState(false);
  const action = useAction();
  const silence = silenceNow(listening, nowMs);
  return (
    <div class="card snooze-part" role="group" aria-label={title} data-testid={`snooze-${whose}`}>
      <p class="snooze-state">
        <Icon name={silence === null ? "bell" : "quiet"} />
        <span role="status">
          {silence === null ? `${title}: ${say.none}` : silenceWords(title, silence, nowMs)}
        </span>
      </p>
      {listening.snooze === null ? (
        <>
          <label class="tick">
            <input
              type="checkbox"
              checked={ringThrough}
              onChange={({ currentTarget }) => setRingThrough(currentTarget.checked)}
            />
            <span class="tick-words">{say.ring}</span>
          </label>
          <div class="form-row">
            {snoozeLengths.map((length) => (
              <button
                key={length}
                type="button"
                class="button"
                disabled={action.busy}
                onClick={() =>
                  void action.run(async () => alerts.set(await putSnooze(whose, { length, ringThrough })))
                }
              >
                {say.lengths[length]}
              </button>
            ))}
          </div>
        </>
      ) : (
        <div class="form-row">
          <button
            type="button"
            class="button button-main"
            disabled={action.busy}
            onClick={() => void action.run(async () => alerts.set(await endSnooze(whose)))}
          >
            {say.end}
          </button>
        </div>
      )}
      <FaultNote fault={action.fault} />
    </div>
  );
}
