/**
 * PartTabs: the four parts of the page, as tabs: arrow keys go from one to the next.
 */
import { Icon, type IconName } from "../look/icons.tsx";
import { words } from "../words.ts";

const { calibrate: say } = words;

export const parts = ["now", "week", "walk", "report"] as const;
export type Part = (typeof parts)[number];

const icons: Readonly<Record<Part, IconName>> = {
  now: "heat",
  week: "history",
  walk: "person",
  report: "paper",
};

interface Props {
  readonly part: Part;
  readonly onPart: (part: Part) => void;
}

export function PartTabs({ part, onPart }: Props) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = ({ ArrowLeft: -1, ArrowRight: 1 } as Record<string, number>)[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = parts[(parts.indexOf(part) + step + parts.length) % parts.length] ?? part;
    onPart(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="part-tabs" role="tablist" aria-label={say.partsLabel} onKeyDown={onKeyDown}>
      {parts.map((each) => (
        <button
          key={each}
          id={`tab-${each}`}
          type="button"
          class="part-tab"
          role="tab"
          aria-selected={each === part}
          aria-controls="part"
          tabIndex={each === part ? 0 : -1}
          onClick={() => onPart(each)}
        >
          <Icon name={icons[each]} />
          {say.parts[each]}
        </button>
      ))}
    </div>
  );
}
