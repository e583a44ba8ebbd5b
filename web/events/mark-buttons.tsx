/**
 * MarkButtons: thumbs up and down: was this event worth being told, or a false alarm?
 *
 * Pressing the one that is set takes it back.
 */
import type { Mark } from "../../daemon/wire/api-calibration.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";

const { marks: say } = words;
const both = ["good", "false"] as const;

interface Props {
  readonly mark: Mark | null;
  /** What it is about, for whoever has it read out. */
  readonly about: string;
  readonly tabIndex: number;
  readonly onMark: (mark: Mark | null) => void;
}

export function MarkButtons({ mark, about, tabIndex, onMark }: Props) {
  return (
    <span class="marks" data-mark={mark ?? "none"}>
      {both.map((each) => (
        <button
          key={each}
          type="button"
          class="mark"
          data-mark={each}
          tabIndex={tabIndex}
          aria-pressed={mark === each}
          aria-label={say.label(say.names[each], about)}
          title={say.names[each]}
          onClick={() => onMark(mark === each ? null : each)}
        >
          <Icon name={each === "good" ? "thumbUp" : "thumbDown"} />
        </button>
      ))}
    </span>
  );
}
