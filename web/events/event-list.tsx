/**
 * EventList: what happened, newest first, as far back as the doorbell remembers.
 *
 * Older pages are fetched when the end comes near the window; new events appear at the top by
 * notice.
 */
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Event, EventKind } from "../../daemon/wire/api.ts";
import { hoursLong } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { Day, keepSame } from "./day.tsx";
import { groupByDay } from "./group.ts";
import type { DayGroup, HourBlock } from "./group.ts";
import { moveOnKey } from "./keys.ts";
import { IgnoredLine } from "./ignored-line.tsx";
import { countIgnored, nothingHappened, shownEvents } from "./list.ts";
import type { ListActions } from "./list-actions.ts";
import { useWhatMenu, WhatChoice } from "./what-choice.tsx";
import { useNearWindow } from "./near-window.ts";

const { events: say } = words;

function useDays(events: readonly Event[]): DayGroup[] {
  const blocks = useRef<ReadonlyMap<number, HourBlock>>(new Map());
  return useMemo(() => {
    const days = keepSame(blocks.current, groupByDay(events));
    blocks.current = new Map(days.flatMap((day) => day.hours.map((hour) => [hour.key, hour] as const)));
    return days;
  }, [events]);
}

const emptyWords: Readonly<Record<EventKind | "all", readonly [title: string, hint: string]>> = {
  all: [say.empty, say.emptyHint],
  ring: [say.emptyRings, say.emptyRingsHint],
  motion: [say.emptyMotions, say.emptyMotionsHint],
};

function Nothing({ filter }: { readonly filter: EventKind | null }) {
  const [title, hint] = emptyWords[filter ?? "all"];
  return (
    <div class="nothing">
      <Icon name={filter === "motion" ? "motion" : filter === "ring" ? "bell" : "door"} />
      <p class="nothing-title">{title}</p>
      <p>{hint}</p>
    </div>
  );
}

function Skeleton() {
  return (
    <ol class="skeleton" aria-hidden="true">
      {[0, 1, 2, 3, 4].map((index) => (
        <li key={index} class="row" />
      ))}
    </ol>
  );
}

function Tail({ home, any }: { readonly home: Home; readonly any: boolean }) {
  const root = useRef<HTMLDivElement>(null);
  const near = useNearWindow(root, false);
  const { next, phase } = useStore(home.store, (model) => model.list);
  const hours = useStore(home.store, (model) => model.status?.storage.retentionHours ?? null);
  useEffect(() => {
    if (near && phase === "ready") void home.pages.loadOlder();
  }, [near, phase, next]);
  const end = hours === null ? say.endPlain : say.end(hoursLong(hours));
  return (
    <div class="tail" ref={root}>
      {phase === "failed" && (
        <>
          <p>{say.failed}</p>
          <button
            type="button"
            class="button"
            onClick={() => void (any ? home.pages.loadOlder() : home.pages.refresh())}
          >
            {say.retry}
          </button>
        </>
      )}
      {phase === "ready" && next === null && any && <p>{end}</p>}
      {phase === "ready" && next !== null && (
        <button type="button" class="button" onClick={() => void home.pages.loadOlder()}>
          {say.more}
        </button>
      )}
      {phase === "loading" && any && <p role="status">{say.loading}</p>}
    </div>
  );
}

interface Props {
  readonly home: Home;
  readonly root: RefObject<HTMLDivElement | null>;
  readonly onOpen: (event: Event) => void;
  /** Null: not for this person. */
  readonly onRemove: ((event: Event) => void) | null;
  /** Thumbs and corrections are for this person. */
  readonly marks: boolean;
}

export function EventList({ home, root, onOpen, onRemove, marks }: Props) {
  const list = useStore(home.store, (model) => model.list);
  const events = useMemo(() => shownEvents(list), [list.events, list.hidden, list.withIgnored]);
  const ignoredHours = useStore(home.store, (model) => model.status?.storage.ignoredHours ?? null);
  const days = useDays(events);
  const [active, setActive] = useState<string | null>(null);
  const tabbable = events.some((event) => event.id === active) ? active : (events[0]?.id ?? null);

  const menu = useWhatMenu();
  const actions = useMemo<ListActions>(
    () => ({
      home,
      open: onOpen,
      focused: setActive,
      remove: onRemove,
      mark: marks ? (event, mark) => void home.remarks.mark(event, mark) : null,
      what: marks ? menu.open : null,
    }),
    [home, onOpen, onRemove, marks, menu.open],
  );
  const onKeyDown = (key: KeyboardEvent): void => {
    if (root.current === null) return;
    const row = document.activeElement?.closest(".row")?.getAttribute("data-event");
    const event = events.find(({ id }) => id === row);
    if (key.key === "Delete" && event !== undefined) actions.remove?.(event);
    else moveOnKey(root.current, key);
  };
  const waiting = list.phase === "loading" && events.length === 0;
  return (
    <>
      <div class="events-list" ref={root} onKeyDown={onKeyDown} aria-busy={waiting} data-testid="events">
        <IgnoredLine
          count={countIgnored(list)}
          shown={list.withIgnored}
          hours={ignoredHours}
          onShow={(show) => home.pages.showIgnored(show)}
        />
        {waiting && <Skeleton />}
        {nothingHappened(list) && <Nothing filter={list.filter} />}
        {days.map((day, index) => (
          <Day
            key={day.startWallMs}
            day={day}
            whole={list.next === null || index < days.length - 1}
            nowMs={home.now()}
            tabbable={tabbable}
            actions={actions}
          />
        ))}
        <Tail home={home} any={events.length > 0} />
      </div>
      <WhatChoice home={home} menu={menu} />
    </>
  );
}
