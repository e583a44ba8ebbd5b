/**
 * MomentList: the events of the stretch of time that the band shows, newest first, to open and to choose.
 *
 * It follows when the view rests. Rows have one fixed height and hours far from the window draw none, as in
 * events/day.tsx.
 */
import { useMemo, useRef, useState } from "preact/hooks";
import { keepSame } from "../events/day.tsx";
import { groupByDay, type HourBlock } from "../events/group.ts";
import { moveOnKey } from "../events/keys.ts";
import { useNearWindow } from "../events/near-window.ts";
import { dayTitle, number } from "../look/format.ts";
import { memo } from "../look/memo.ts";
import { words } from "../words.ts";
import { MomentRow, type RowActions } from "./moment-row.tsx";
import type { Moment } from "./moment.ts";

interface HourProps {
  readonly block: HourBlock<Moment>;
  readonly chosen: ReadonlySet<string>;
  readonly tabbable: string | null;
  readonly actions: RowActions;
}

function HourRows({ block, chosen, tabbable, actions }: HourProps) {
  const root = useRef<HTMLOListElement>(null);
  const near = useNearWindow(root, block.events.length < 20);
  return (
    <ol class="hour" ref={root} style={{ "--rows": String(block.events.length) }}>
      {near &&
        block.events.map((moment) => (
          <MomentRow
            key={moment.id}
            moment={moment}
            chosen={chosen.has(moment.id)}
            tabbable={moment.id === tabbable}
            actions={actions}
          />
        ))}
    </ol>
  );
}

const Hour = memo(HourRows);

interface Props {
  /** Newest first. */
  readonly moments: readonly Moment[];
  readonly chosen: ReadonlySet<string>;
  readonly nowMs: number;
  readonly actions: Omit<RowActions, "focused"> & {
    /** These besides what is chosen already. */
    day(ids: readonly string[]): void;
  };
  readonly onDelete: (() => void) | null;
}

export function MomentList({ moments, chosen, nowMs, actions, onDelete }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const blocks = useRef<ReadonlyMap<number, HourBlock<Moment>>>(new Map());
  const days = useMemo(() => {
    const grouped = keepSame(blocks.current, groupByDay(moments));
    blocks.current = new Map(grouped.flatMap(({ hours }) => hours.map((hour) => [hour.key, hour] as const)));
    return grouped;
  }, [moments]);
  const [active, setActive] = useState<string | null>(null);
  const tabbable = moments.some(({ id }) => id === active) ? active : (moments[0]?.id ?? null);
  const rowActions = useMemo<RowActions>(() => ({ ...actions, focused: setActive }), [actions]);
  const onKeyDown = (key: KeyboardEvent): void => {
    if (key.key === "Delete" && chosen.size > 0) return onDelete?.();
    if (root.current !== null) moveOnKey(root.current, key);
  };
  return (
    <div class="past-list" ref={root} onKeyDown={onKeyDown} data-testid="moments">
      {days.map((day) => (
        <section key={day.startWallMs} class="day" aria-label={dayTitle(day.startWallMs, nowMs)}>
          <h4 class="day-title">
            {dayTitle(day.startWallMs, nowMs)}
            <span class="day-count">{number(day.count)}</span>
            <button
              type="button"
              class="button day-all"
              aria-label={words.timeline.selectDayLabel(dayTitle(day.startWallMs, nowMs))}
              onClick={() => actions.day(day.hours.flatMap(({ events }) => events.map(({ id }) => id)))}
            >
              {words.timeline.selectDay}
            </button>
          </h4>
          {day.hours.map((hour) => (
            <Hour
              key={hour.key}
              block={hour}
              chosen={chosen}
              tabbable={hour.events.some(({ id }) => id === tabbable) ? tabbable : null}
              actions={rowActions}
            />
          ))}
        </section>
      ))}
    </div>
  );
}
