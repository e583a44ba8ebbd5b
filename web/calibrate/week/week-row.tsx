/**
 * WeekRow: one event of the preview: what becomes of it, its picture or its cause, when, where, thumbs.
 */
import type { Cause, Mark, PreviewEvent } from "../../../daemon/wire/api-calibration.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { MarkButtons } from "../../events/mark-buttons.tsx";
import { Thumbnail } from "../../events/thumbnail.tsx";
import { exactTime, shortDay } from "../../look/format.ts";
import { Icon, type IconName } from "../../look/icons.tsx";
import { memo } from "../../look/memo.ts";
import type { Home } from "../../state/home.ts";
import { words } from "../../words.ts";
import { leastWords, remarksOf, spokenRow } from "./say-row.ts";
import { useEvent } from "./use-event.ts";

const { calibrate: say } = words;

export interface RowActions {
  readonly home: Home;
  /** Null: recordings are not for this person. */
  readonly open: ((event: Event) => void) | null;
  readonly mark: (row: PreviewEvent, mark: Mark | null) => void;
  readonly focused: (key: string) => void;
}

const causeIcons: Readonly<Record<Cause, IconName>> = {
  walked: "person",
  "came-close": "close-up",
  stayed: "pin",
  brief: "spark",
  everywhere: "rain",
  light: "sun",
};

interface Props {
  readonly row: PreviewEvent;
  readonly name: string;
  readonly mark: Mark | null;
  readonly tabbable: boolean;
  readonly actions: RowActions;
}

function Row({ row, name, mark, tabbable, actions }: Props) {
  const id = row.events.at(-1)?.id ?? null;
  const event = useEvent(actions.home, actions.open === null ? null : id);
  const time = exactTime(row.startWallMs);
  const day = shortDay(row.startWallMs);
  const tabIndex = tabbable ? 0 : -1;
  const opens = actions.open !== null && event !== null;
  return (
    <li class="week-row" data-change={row.change} data-row={name}>
      <button
        type="button"
        class="row-open week-open"
        tabIndex={tabIndex}
        aria-label={spokenRow(row, `${day}, ${time}`)}
        aria-disabled={!opens}
        onClick={() => event !== null && actions.open?.(event)}
        onFocus={() => actions.focused(name)}
      >
        {event === null ? (
          <span class="thumb" data-kind="motion">
            <Icon name={causeIcons[row.cause]} />
          </span>
        ) : (
          <Thumbnail event={event} clip={null} />
        )}
        <span class="week-words">
          <span class="week-tag" data-change={row.change}>
            <Icon name={row.change === "vanishes" ? "minus" : row.change === "appears" ? "plus" : "check"} />
            {say.changes[row.change]}
          </span>
          <span class="week-when">
            <time dateTime={new Date(row.startWallMs).toISOString()}>
              {day}, {time}
            </time>
          </span>
          <span class="row-remarks">{remarksOf(row).join(" · ")}</span>
          <span class="row-remarks">{leastWords(row)}</span>
        </span>
      </button>
      {id !== null && (
        <MarkButtons
          mark={mark}
          about={`${day}, ${time}`}
          tabIndex={tabIndex}
          onMark={(next) => actions.mark(row, next)}
        />
      )}
    </li>
  );
}

export const WeekRow = memo(Row);
