/**
 * Day: the events of one day under its name, hour by hour.
 *
 * Rows have one fixed height (--row in events.css), so an hour that is far from the window keeps
 * its place without its rows.
 */
import { useRef } from "preact/hooks";
import { dayTitle, number } from "../look/format.ts";
import { memo } from "../look/memo.ts";
import { EventRow } from "./event-row.tsx";
import type { DayGroup, HourBlock, Started } from "./group.ts";
import type { ListActions } from "./list-actions.ts";
import { useNearWindow } from "./near-window.ts";

interface HourProps {
  readonly block: HourBlock;
  readonly tabbable: string | null;
  readonly actions: ListActions;
}

function Hour({ block, tabbable, actions }: HourProps) {
  const root = useRef<HTMLOListElement>(null);
  const near = useNearWindow(root, block.events.length < 20);
  return (
    <ol class="hour" ref={root} style={{ "--rows": String(block.events.length) }}>
      {near &&
        block.events.map((event) => (
          <EventRow key={event.id} event={event} tabbable={event.id === tabbable} actions={actions} />
        ))}
    </ol>
  );
}

function sameEvents<E extends Started>(a: HourBlock<E>, b: HourBlock<E>): boolean {
  return a.events.length === b.events.length && a.events.every((event, index) => event === b.events[index]);
}

/** Blocks of a new grouping that hold the same events as before stay the same objects. */
export function keepSame<E extends Started>(
  before: ReadonlyMap<number, HourBlock<E>>,
  days: readonly DayGroup<E>[],
): DayGroup<E>[] {
  return days.map((day) => ({
    ...day,
    hours: day.hours.map((hour) => {
      const old = before.get(hour.key);
      return old !== undefined && sameEvents(old, hour) ? old : hour;
    }),
  }));
}

const MemoHour = memo(Hour);

interface DayProps {
  readonly day: DayGroup;
  /** False while older events of this day may not be loaded. */
  readonly whole: boolean;
  readonly nowMs: number;
  readonly tabbable: string | null;
  readonly actions: ListActions;
}

export function Day({ day, whole, nowMs, tabbable, actions }: DayProps) {
  const title = dayTitle(day.startWallMs, nowMs);
  return (
    <section class="day" aria-label={title}>
      <h3 class="day-title">
        {title}
        <span class="day-count">{whole ? number(day.count) : `${number(day.count)}+`}</span>
      </h3>
      {day.hours.map((hour) => {
        const here = hour.events.some((event) => event.id === tabbable) ? tabbable : null;
        return <MemoHour key={hour.key} block={hour} tabbable={here} actions={actions} />;
      })}
    </section>
  );
}
