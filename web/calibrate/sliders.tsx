/**
 * Sliders: the sensitivity of the whole and of each zone, and the rules, as the draft has them.
 */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { inherited, mostRules, newRule, undone, type Draft } from "./draft.ts";
import type { HeatWatch } from "./heat/heat-watch.ts";
import { leastThatFires } from "./heat/trace.ts";
import { LevelSlider } from "./level-slider.tsx";
import { RuleFields } from "./rule-fields.tsx";
import type { DraftDesk } from "./use-draft.ts";

const { calibrate: say, zones: sayZones } = words;

interface Props {
  readonly home: Home;
  readonly desk: DraftDesk;
  readonly draft: Draft;
  readonly fallback: number;
  readonly watch: HeatWatch;
}

/** Per zone the least sensitivity that would have fired in the last minute, looked at once a second. */
function useLeast(home: Home, watch: HeatWatch): ReadonlyMap<string, number> {
  const [least, setLeast] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(
    () =>
      home.clock.every(1_000, () => {
        const areas = watch.areas?.each ?? [];
        const found = areas.flatMap(({ name }, i) => {
          const fires = leastThatFires(watch.trace, i);
          return fires === null ? [] : [[name, fires] as const];
        });
        setLeast((before) => (sameEntries(before, found) ? before : new Map(found)));
      }),
    [home, watch],
  );
  return least;
}

function sameEntries(
  before: ReadonlyMap<string, number>,
  now: readonly (readonly [string, number])[],
): boolean {
  return before.size === now.length && now.every(([name, value]) => before.get(name) === value);
}

export function Sliders({ home, desk, draft, fallback, watch }: Props) {
  const zones = draft.now;
  const least = useLeast(home, watch);
  const { change } = desk;
  const wholeLeast = Math.min(...least.values());
  return (
    <section class="sliders" aria-labelledby="sliders-title">
      <div class="sliders-head">
        <h3 id="sliders-title">{say.sliders}</h3>
        <button
          type="button"
          class="button button-icon"
          aria-label={say.undo}
          title={say.undo}
          disabled={undone(draft) === draft}
          onClick={desk.undo}
        >
          <Icon name="undo" />
        </button>
      </div>
      <Sensitivity
        name={null}
        value={zones.sensitivity}
        otherwise={fallback}
        least={Number.isFinite(wholeLeast) ? wholeLeast : null}
        onValue={(sensitivity, run) => change({ do: "whole", sensitivity }, run ?? undefined)}
      />
      {zones.zones.map(({ name, sensitivity }) => (
        <Sensitivity
          key={name}
          name={name}
          value={sensitivity}
          otherwise={inherited(zones, name, fallback)}
          least={least.get(name) ?? null}
          onValue={(value, run) => change({ do: "zone", name, sensitivity: value }, run ?? undefined)}
        />
      ))}
      <a class="quiet-link" href={addressOf("zones")}>
        {zones.zones.length === 0 ? say.drawZones : say.redrawZones}
      </a>
      <details class="rules" open={zones.rules.length > 0}>
        <summary>{say.rules(zones.rules.length)}</summary>
        <p class="draw-hint">{say.rulesNote}</p>
        <ol class="rule-list">
          {zones.rules.map((rule, index) => (
            <RuleFields
              key={index}
              rule={rule}
              place={index + 1}
              zones={zones.zones.map(({ name }) => name)}
              onRule={(next, run) => change({ do: "rule", index, rule: next }, run ?? undefined)}
              onRemove={() => change({ do: "remove-rule", index })}
            />
          ))}
        </ol>
        <button
          type="button"
          class="button"
          disabled={zones.rules.length >= mostRules}
          onClick={() => change({ do: "add-rule", rule: newRule })}
        >
          <Icon name="plus" />
          {say.addRule}
        </button>
      </details>
    </section>
  );
}

interface SensitivityProps {
  /** Null = the whole. */
  readonly name: string | null;
  readonly value: number | null;
  /** Counts while it has none of its own. */
  readonly otherwise: number;
  /** Of what stirred there in the last minute. */
  readonly least: number | null;
  readonly onValue: (value: number | null, run: string | null) => void;
}

function Sensitivity({ name, value, otherwise, least, onValue }: SensitivityProps) {
  const title = name ?? say.whole;
  const counts = value ?? otherwise;
  return (
    <div class="slider" data-zone={name ?? ""} data-own={value !== null}>
      <p class="slider-head">
        <strong>{title}</strong>
        <output class="slider-value">{sayZones.level(counts)}</output>
      </p>
      <LevelSlider label={say.sensitivityOf(title)} value={counts} onValue={onValue} />
      <div class="slider-foot">
        <label class="zone-as-set">
          <input
            type="checkbox"
            checked={value === null}
            onChange={(event) => onValue(event.currentTarget.checked ? null : otherwise, null)}
          />
          {name === null ? say.asSet(otherwise) : say.asWhole(otherwise)}
        </label>
        {least !== null && (
          <p class="slider-least" data-fires={counts >= least}>
            {say.least(least)}
          </p>
        )}
      </div>
    </div>
  );
}
