/**
 * EventRow: one event in the list: its picture, its kind in words, its time, and what to know.
 */
import { memo } from "../look/memo.ts";
import { clockTime, exactTime } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { remarksOf, spokenOf } from "./describe.ts";
import type { ListActions } from "./list-actions.ts";
import { MarkButtons } from "./mark-buttons.tsx";
import { signOf } from "./signs.ts";
import { Thumbnail } from "./thumbnail.tsx";
import { WhatButton } from "./what-button.tsx";
import { kindWords } from "./what-of.ts";
import type { Event } from "../../daemon/wire/api.ts";

interface Props {
  readonly event: Event;
  /** The one row that the Tab key reaches. */
  readonly tabbable: boolean;
  readonly actions: ListActions;
}

function Row({ event, tabbable, actions }: Props) {
  const clip = useStore(actions.home.store, (model) =>
    event.clip === null ? null : (model.clips.get(event.clip) ?? null),
  );
  const kind = kindWords(event);
  const time = clockTime(event.startWallMs);
  const open = event.state === "open";
  const tabIndex = tabbable ? 0 : -1;
  // a ring is never a false alarm: somebody pressed
  const mark = event.kind === "motion" ? actions.mark : null;
  return (
    <li
      class="row"
      data-kind={event.kind}
      data-sign={signOf(event)}
      data-marks={mark !== null}
      data-state={event.state}
      data-event={event.id}
      data-ignored={event.ignored}
    >
      <button
        type="button"
        class="row-open"
        tabIndex={tabIndex}
        aria-label={spokenOf(event)}
        onClick={() => actions.open(event)}
        onFocus={() => actions.focused(event.id)}
      >
        <Thumbnail event={event} clip={clip} />
        <span class="row-words">
          <span class="row-kind">{kind}</span>
          <span class="row-remarks">
            {open ? <span class="row-now">{words.events.now}</span> : remarksOf(event).join(" · ")}
          </span>
        </span>
        <time
          class="row-time"
          dateTime={new Date(event.startWallMs).toISOString()}
          title={exactTime(event.startWallMs)}
        >
          {time}
        </time>
      </button>
      <WhatButton event={event} about={`${kind}, ${time}`} tabIndex={tabIndex} onOpen={actions.what} />
      {mark !== null && (
        <MarkButtons
          mark={event.mark}
          about={`${kind}, ${time}`}
          tabIndex={tabIndex}
          onMark={(next) => mark(event, next)}
        />
      )}
      {actions.remove !== null && (
        <button
          type="button"
          class="row-remove"
          tabIndex={tabIndex}
          aria-label={words.events.removeLabel(kind, time)}
          title={words.events.remove}
          onClick={() => actions.remove?.(event)}
        >
          <Icon name="trash" />
        </button>
      )}
    </li>
  );
}

export const EventRow = memo(Row);
