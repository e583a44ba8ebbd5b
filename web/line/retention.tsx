/**
 * Retention: for how long recordings are kept; it is signed together with the line.
 */
import { hoursLong } from "../look/format.ts";
import { words } from "../words.ts";
import { leastHours, mostHours } from "./policy-draft.ts";

const { line: say } = words;

interface Props {
  readonly hours: number;
  readonly onHours: (hours: number) => void;
}

export function isHours(hours: number): boolean {
  return Number.isInteger(hours) && hours >= leastHours && hours <= mostHours;
}

export function Retention({ hours, onHours }: Props) {
  const right = isHours(hours);
  return (
    <div class="retention">
      <label for="retention">{say.keep}</label>
      <span class="retention-field">
        <input
          id="retention"
          type="number"
          inputMode="numeric"
          min={leastHours}
          max={mostHours}
          step={1}
          value={Number.isFinite(hours) ? hours : ""}
          aria-invalid={!right}
          aria-describedby="retention-hint"
          onInput={(event) => onHours(event.currentTarget.valueAsNumber)}
        />
        {say.keepHours}
        {right && hours >= 48 && <span class="retention-long">= {hoursLong(hours)}</span>}
      </span>
      <p id="retention-hint" class={right ? "draw-hint" : "draw-wrong"}>
        {right ? say.keepLimits : say.keepWrong}
      </p>
    </div>
  );
}
