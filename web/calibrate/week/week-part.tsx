/**
 * WeekPart: what the draft would have done to the last seven days: in one sentence, in bars, event by event.
 */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Preview } from "../../../daemon/wire/api-calibration.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { PlayerDialog } from "../../clip/player-dialog.tsx";
import { duration, number } from "../../look/format.ts";
import { Icon } from "../../look/icons.tsx";
import type { Home } from "../../state/home.ts";
import { words } from "../../words.ts";
import type { Draft } from "../draft.ts";
import type { DraftDesk } from "../use-draft.ts";
import { CauseBars, HourBars } from "./bar-charts.tsx";
import { ProposeCard } from "./propose-card.tsx";
import { firstFilter, marksIn, rowsOf, type ChangeFilter, type RowFilter } from "./rows.ts";
import { useMarks } from "./use-marks.ts";
import { isOlder, type Previewing } from "./use-preview.ts";
import { forgetEvent } from "./use-event.ts";
import { PreviewProgress } from "./preview-progress.tsx";
import { WeekList } from "./week-list.tsx";

const { calibrate: say } = words;
const filters: readonly ChangeFilter[] = ["changes", "appears", "vanishes", "all"];

interface Props {
  readonly home: Home;
  readonly desk: DraftDesk;
  readonly draft: Draft;
  readonly previewing: Previewing;
  /** The motion journal holds nothing yet. */
  readonly empty: boolean;
  /** Recordings are for this person. */
  readonly opens: boolean;
  /** Beside the proposal for motion: what corrections say of the labels. */
  readonly children: ComponentChildren;
}

export function WeekPart({ home, desk, draft, previewing, empty, opens, children }: Props) {
  const { preview, span } = previewing;
  const { marked, mark } = useMarks(home);
  const [open, setOpen] = useState<Event | null>(null);
  // what somebody says of the opened event is seen at once, and when it is opened again
  useEffect(
    () =>
      home.onNotice((notice) => {
        if (notice.type !== "event") return;
        forgetEvent(notice.event.id);
        setOpen((was) => (was?.id === notice.event.id ? notice.event : was));
      }),
    [home],
  );
  const [filter, setFilter] = useState<RowFilter>(firstFilter);
  const rows = useMemo(() => (preview === null ? [] : rowsOf(preview, filter)), [preview, filter]);
  const actions = useMemo(() => ({ home, open: opens ? setOpen : null, mark }), [home, opens, mark]);
  const apply = useCallback((zones: Draft["now"]) => desk.change({ do: "all", zones }), [desk.change]);
  const old = isOlder(previewing, draft.now);
  return (
    <div class="week" data-old={old} data-testid="week">
      <PreviewProgress home={home} previewing={previewing} />
      {empty && <p class="nothing week-nothing">{say.journalNone}</p>}
      {preview !== null && !empty && (
        <>
          <p class="week-sentence" role="status" data-testid="week-sentence">
            {sentenceOf(preview)}
            {old && <span class="week-old"> {say.older}</span>}
          </p>
          <div class="week-bars">
            <HourBars preview={preview} />
            <CauseBars
              preview={preview}
              chosen={filter.cause}
              onChoose={(cause) => setFilter({ ...filter, cause })}
            />
          </div>
          <p class="bar-key" aria-hidden="true">
            <span class="bar-key-was" />
            {say.was}
            <span class="bar-key-now" />
            {say.preview}
          </p>
          <ProposeCard zones={draft.now} span={span} marks={marksIn(preview, marked)} onApply={apply} />
        </>
      )}
      {children}
      {preview !== null && !empty && (
        <>
          <section class="week-events" aria-labelledby="week-events">
            <div class="week-head">
              <h3 id="week-events">{say.eventsTitle}</h3>
              <div class="filters" role="group" aria-label={say.filter}>
                {filters.map((each) => (
                  <button
                    key={each}
                    type="button"
                    class="filter"
                    aria-pressed={filter.change === each}
                    onClick={() => setFilter({ ...filter, change: each })}
                  >
                    {say.filters[each]}
                  </button>
                ))}
              </div>
            </div>
            {filter.cause !== null && (
              <button
                type="button"
                class="button cause-chosen"
                onClick={() => setFilter({ ...filter, cause: null })}
              >
                {say.onlyCause(say.causes[filter.cause].name)}
                <Icon name="close" />
              </button>
            )}
            {rows.length === 0 && (
              <p class="nothing week-nothing">
                {filter.change === "changes" && filter.cause === null
                  ? say.nothingChanges
                  : say.nothingListed}
              </p>
            )}
            {rows.length > 0 && <WeekList rows={rows} marked={marked} actions={actions} />}
            {isCut(preview) && <p class="draw-hint">{say.cut(number(preview.events.length))}</p>}
          </section>
        </>
      )}
      {open !== null && (
        <PlayerDialog
          home={home}
          event={open}
          newer={null}
          older={null}
          onGo={() => {}}
          onRemove={null}
          onShare={null}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function isCut({ counts, events }: Preview): boolean {
  return counts.stays + counts.appears + counts.vanishes > events.length;
}

function sentenceOf({ counts, fromWallMs, toWallMs }: Preview): string {
  return say.sentence({
    span: duration(toWallMs - fromWallMs),
    stays: number(counts.stays),
    appears: number(counts.appears),
    vanishes: number(counts.vanishes),
    changes: counts.appears + counts.vanishes > 0,
  });
}
