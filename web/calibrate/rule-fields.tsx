/**
 * RuleFields: one rule: where, in which light, at what time of day, and the sensitivity then.
 */
import { lights } from "../../daemon/sight/zones.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import type { Rule } from "./draft.ts";
import { LevelSlider } from "./level-slider.tsx";

const { calibrate: say, zones: sayZones } = words;

interface Props {
  readonly rule: Rule;
  /** Counted from 1: the first that holds counts. */
  readonly place: number;
  readonly zones: readonly string[];
  readonly onRule: (rule: Rule, run: string | null) => void;
  readonly onRemove: () => void;
}

const night = { from: "22:00", to: "06:00" };

export function RuleFields({ rule, place, zones, onRule, onRemove }: Props) {
  const change = (part: Partial<Rule>, run: string | null = null): void => onRule({ ...rule, ...part }, run);
  const title = say.rule(place);
  const timed = rule.from !== null && rule.to !== null;
  return (
    <li class="rule" aria-label={title}>
      <div class="rule-head">
        <strong>{title}</strong>
        <button
          type="button"
          class="button button-icon"
          aria-label={say.removeRule(place)}
          title={say.removeRule(place)}
          onClick={onRemove}
        >
          <Icon name="trash" />
        </button>
      </div>
      <div class="rule-when">
        <label>
          {say.ruleZone}
          <select
            class="input"
            value={rule.zone ?? ""}
            onChange={({ currentTarget }) =>
              change({ zone: currentTarget.value === "" ? null : currentTarget.value })
            }
          >
            <option value="">{say.everyZone}</option>
            {[...new Set([...zones, ...(rule.zone === null ? [] : [rule.zone])])].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say.ruleLight}
          <select
            class="input"
            value={rule.light ?? ""}
            onChange={({ currentTarget }) =>
              change({ light: lights.find((light) => light === currentTarget.value) ?? null })
            }
          >
            <option value="">{say.anyLight}</option>
            {lights.map((light) => (
              <option key={light} value={light}>
                {say.lights[light]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <label class="zone-as-set">
        <input
          type="checkbox"
          checked={timed}
          onChange={({ currentTarget }) => change(currentTarget.checked ? night : { from: null, to: null })}
        />
        {say.ruleTimed}
      </label>
      {timed && (
        <div class="rule-when">
          {(["from", "to"] as const).map((end) => (
            <label key={end}>
              {say.ruleTimes[end]}
              <input
                class="input"
                type="time"
                required
                value={rule[end] ?? ""}
                onInput={({ currentTarget: { value } }) => value !== "" && change({ [end]: value })}
              />
            </label>
          ))}
        </div>
      )}
      <p class="slider-head">
        {say.ruleSensitivity}
        <output class="slider-value">{sayZones.level(rule.sensitivity)}</output>
      </p>
      <LevelSlider
        label={say.sensitivityOf(title)}
        value={rule.sensitivity}
        onValue={(sensitivity, run) => change({ sensitivity }, run)}
      />
    </li>
  );
}
