/**
 * LevelSlider: one number, 0 to 100 (a sensitivity, a threshold), for a thumb on a ladder: a broad track, and a step less and more
 * beside it.
 */
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";

const { calibrate: say, zones: sayZones } = words;

interface Props {
  readonly label: string;
  readonly value: number;
  /** `run` names the drag, so that it is one step of undo. */
  readonly onValue: (value: number, run: string | null) => void;
  readonly disabled?: boolean;
  /** For whoever has it read out; absent = as a sensitivity. */
  readonly inWords?: (value: number) => string;
}

export function LevelSlider({ label, value, onValue, disabled = false, inWords = sayZones.level }: Props) {
  const step = (by: number): void => onValue(Math.min(100, Math.max(0, value + by)), null);
  return (
    <div class="level">
      <button
        type="button"
        class="button button-icon level-step"
        aria-label={say.less(label)}
        disabled={disabled || value === 0}
        onClick={() => step(-1)}
      >
        <Icon name="minus" />
      </button>
      <input
        class="level-track"
        type="range"
        min={0}
        max={100}
        step={1}
        value={value}
        disabled={disabled}
        aria-label={label}
        aria-valuetext={inWords(value)}
        onInput={(event) => onValue(event.currentTarget.valueAsNumber, label)}
      />
      <button
        type="button"
        class="button button-icon level-step"
        aria-label={say.more(label)}
        disabled={disabled || value === 100}
        onClick={() => step(1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
