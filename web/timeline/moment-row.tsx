/**
 * MomentRow: one event in the timeline's list: a box to choose it, its picture, its kind, time, what to know.
 */
import { remarksOf, spokenOf } from "../events/describe.ts";
import { signOf } from "../events/signs.ts";
import { Thumbnail } from "../events/thumbnail.tsx";
import { WhatButton, type OpenWhat } from "../events/what-button.tsx";
import { kindWords } from "../events/what-of.ts";
import { exactTime } from "../look/format.ts";
import { memo } from "../look/memo.ts";
import { words } from "../words.ts";
import type { Moment } from "./moment.ts";

export interface RowActions {
  open(moment: Moment): void;
  toggle(id: string, range: boolean): void;
  readonly what: OpenWhat;
  focused(id: string): void;
}

interface Props {
  readonly moment: Moment;
  readonly chosen: boolean;
  /** The one row that the Tab key reaches. */
  readonly tabbable: boolean;
  readonly actions: RowActions;
}

function Row({ moment, chosen, tabbable, actions }: Props) {
  const kind = kindWords(moment);
  const time = exactTime(moment.startWallMs);
  const tabIndex = tabbable ? 0 : -1;
  const rest = moment.state === "open" ? [words.events.now] : remarksOf(moment);
  return (
    <li
      class="row past-row"
      data-kind={moment.kind}
      data-sign={signOf(moment)}
      data-event={moment.id}
      data-ignored={moment.ignored}
      data-chosen={chosen}
    >
      <label class="past-choose">
        <input
          type="checkbox"
          checked={chosen}
          tabIndex={tabIndex}
          aria-label={words.timeline.select(`${kind}, ${time}`)}
          onClick={(click) => actions.toggle(moment.id, click.shiftKey)}
        />
      </label>
      <button
        type="button"
        class="row-open"
        tabIndex={tabIndex}
        aria-label={spokenOf(moment)}
        onClick={() => actions.open(moment)}
        onFocus={() => actions.focused(moment.id)}
      >
        <Thumbnail event={moment} clip={null} />
        <span class="row-words">
          <span class="row-kind">{kind}</span>
          <span class="row-remarks">
            <time class="past-time" dateTime={new Date(moment.startWallMs).toISOString()}>
              {time}
            </time>
            {rest.map((each) => ` · ${each}`)}
          </span>
        </span>
      </button>
      <WhatButton event={moment} about={`${kind}, ${time}`} tabIndex={tabIndex} onOpen={actions.what} />
    </li>
  );
}

export const MomentRow = memo(Row);
