/**
 * WindowRows: quiet hours, each with its days and times.
 */
import type { QuietWindow, Rules } from "../../daemon/alerts/rules.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { changedWindow, mostWindows, week, withDay, withoutWindow, withWindow } from "./draft.ts";

const { rules: say } = words.alerts;

interface Props {
  readonly rules: Rules;
  readonly onChange: (rules: Rules) => void;
}

export function WindowRows({ rules, onChange }: Props) {
  return (
    <>
      {rules.quiet.length === 0 && <p class="block-note">{say.noQuiet}</p>}
      {rules.quiet.map((window, index) => (
        <WindowRow
          key={index}
          window={window}
          name={say.window(index + 1)}
          onChange={(change) => onChange(changedWindow(rules, index, change))}
          onRemove={() => onChange(withoutWindow(rules, index))}
        />
      ))}
      {rules.quiet.length < mostWindows && (
        <div class="form-row">
          <button type="button" class="button" onClick={() => onChange(withWindow(rules))}>
            <Icon name="plus" />
            {say.add}
          </button>
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly window: QuietWindow;
  readonly name: string;
  readonly onChange: (change: Partial<QuietWindow>) => void;
  readonly onRemove: () => void;
}

function WindowRow({ window, name, onChange, onRemove }: RowProps) {
  const { days, from, to } = window;
  return (
    <div class="quiet-window" role="group" aria-label={name}>
      <div class="quiet-times">
        <label>
          {say.from}
          <input
            type="time"
            class="input"
            required
            value={from}
            onInput={({ currentTarget }) => onChange({ from: currentTarget.value })}
          />
        </label>
        <label>
          {say.to}
          <input
            type="time"
            class="input"
            required
            value={to}
            onInput={({ currentTarget }) => onChange({ to: currentTarget.value })}
          />
        </label>
        <button
          type="button"
          class="button button-icon"
          aria-label={say.remove(`${from} – ${to}`)}
          title={say.remove(`${from} – ${to}`)}
          onClick={onRemove}
        >
          <Icon name="trash" />
        </button>
      </div>
      {to <= from && to !== "" && <p class="quiet-next">{say.nextDay}</p>}
      <div class="quiet-days" role="group" aria-label={say.daysNote}>
        {week.map((day) => (
          <button
            key={day}
            type="button"
            class="quiet-day"
            aria-pressed={days.includes(day)}
            aria-label={say.days[day]}
            title={say.days[day]}
            onClick={() => onChange({ days: withDay(window, day, !days.includes(day)) })}
          >
            {say.days[day].slice(0, 2)}
          </button>
        ))}
      </div>
    </div>
  );
}
