/**
 * Filters: all events, rings only, movement only.
 */
import type { EventKind } from "../../daemon/wire/api.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";

const { events: say } = words;

const choices: readonly { readonly kind: EventKind | null; readonly label: string }[] = [
  { kind: null, label: say.all },
  { kind: "ring", label: say.rings },
  { kind: "motion", label: say.motions },
];

export function Filters({ home }: { readonly home: Home }) {
  const filter = useStore(home.store, (model) => model.list.filter);
  return (
    <div class="filters" role="group" aria-label={say.filter}>
      {choices.map(({ kind, label }) => (
        <button
          key={label}
          type="button"
          class="filter"
          aria-pressed={kind === filter}
          onClick={() => home.pages.setFilter(kind)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
