/**
 * Filters of the timeline: kind, what moved, zone, recording, mark, who watched, what is ignored. Band and list obey them together.
 */
import type { EventKind } from "../../daemon/wire/api.ts";
import type { Mark } from "../../daemon/wire/api-calibration.ts";
import { capital } from "../look/capital.ts";
import { words } from "../words.ts";
import { happenings } from "../events/what-of.ts";
import { labels } from "../../models/labels.ts";
import { isFiltered, noFilter, whatFilters, type Filter } from "./filter.ts";

const { filter: say } = words.timeline;

interface Props {
  readonly filter: Filter;
  readonly zones: readonly string[];
  readonly people: readonly string[];
  readonly onFilter: (filter: Filter) => void;
}

type Choices = readonly (readonly [value: string, label: string])[];
/** No zone and no person is called so. */
const any = "*";

interface PickProps {
  readonly name: string;
  readonly value: string;
  readonly choices: Choices;
  readonly onPick: (value: string) => void;
}

function Pick({ name, value, choices, onPick }: PickProps) {
  return (
    <label class="past-filter" data-set={value !== any}>
      <span>{name}</span>
      <select class="input" value={value} onChange={({ currentTarget }) => onPick(currentTarget.value)}>
        {choices.map(([each, label]) => (
          <option key={each} value={each}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the address names stays a choice, also where nothing has it now. */
function named(known: readonly string[], chosen: string | null): Choices {
  const all = chosen === null || chosen === "" || known.includes(chosen) ? known : [...known, chosen];
  return all.map((name) => [name, name] as const);
}

export function Filters({ filter, zones, people, onFilter }: Props) {
  const orNull = (value: string): string | null => (value === any ? null : value);
  return (
    <div class="past-filters" role="group" aria-label={say.title}>
      <Pick
        name={say.kind}
        value={filter.kind ?? any}
        choices={[
          [any, say.any],
          ["ring", words.events.rings],
          ["motion", words.events.motions],
        ]}
        onPick={(value) => onFilter({ ...filter, kind: orNull(value) as EventKind | null })}
      />
      <Pick
        name={say.what}
        value={filter.what ?? any}
        choices={[
          [any, say.anyWhat],
          ...labels.map((label) => [label, words.what.labels[label]] as const),
          ...happenings.map((each) => [each, capital(words.what.happenings[each])] as const),
          ["unclear", say.unclear],
        ]}
        onPick={(value) => onFilter({ ...filter, what: whatFilters.find((each) => each === value) ?? null })}
      />
      <Pick
        name={say.zone}
        value={filter.zone ?? any}
        choices={[[any, say.anyZone], ...named(zones, filter.zone)]}
        onPick={(value) => onFilter({ ...filter, zone: orNull(value) })}
      />
      <Pick
        name={say.video}
        value={filter.video === null ? any : filter.video ? "yes" : "no"}
        choices={[
          [any, say.anyVideo],
          ["yes", say.withVideo],
          ["no", say.withoutVideo],
        ]}
        onPick={(value) => onFilter({ ...filter, video: value === any ? null : value === "yes" })}
      />
      <Pick
        name={say.mark}
        value={filter.mark ?? any}
        choices={[
          [any, say.anyMark],
          ["good", words.marks.names.good],
          ["false", words.marks.names.false],
        ]}
        onPick={(value) => onFilter({ ...filter, mark: orNull(value) as Mark | null })}
      />
      <Pick
        name={say.who}
        value={filter.who ?? any}
        choices={[[any, say.anybody], ["", say.nobody], ...named(people, filter.who)]}
        onPick={(value) => onFilter({ ...filter, who: orNull(value) })}
      />
      <Pick
        name={words.ignored.filter}
        value={filter.ignored ?? any}
        choices={[
          [any, words.ignored.without],
          ["with", words.ignored.with],
          ["only", words.ignored.only],
        ]}
        onPick={(value) =>
          onFilter({ ...filter, ignored: value === "with" || value === "only" ? value : null })
        }
      />
      {isFiltered(filter) && (
        <button type="button" class="button" onClick={() => onFilter(noFilter)}>
          {say.clear}
        </button>
      )}
    </div>
  );
}
