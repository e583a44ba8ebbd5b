/**
 * CalibratePage: one draft and one picture, in four parts: now, last week, walk test, report.
 *
 * The picture stays where it is from now to last week; the walk test needs none. What is tried counts nowhere
 * before it is saved.
 */
import "../look/drawing.css";
import "../look/player.css";
import "../look/calibrate.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Zones } from "../../daemon/wire/api-household.ts";
import { mayOf } from "../identity/may.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useNarrow } from "../look/use-narrow.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { words } from "../words.ts";
import { getJournal } from "./api.ts";
import { isSame, type Draft } from "./draft.ts";
import type { HeatDraft } from "./heat/heat-watch.ts";
import { useHeat } from "./heat/use-heat.ts";
import { useView } from "./heat/use-view.ts";
import { LabelsCard } from "./labels/labels-card.tsx";
import { JournalReport } from "./journal-report.tsx";
import { NowPart } from "./now-part.tsx";
import { PartTabs, type Part } from "./part-tabs.tsx";
import { SaveBar } from "./save-bar.tsx";
import { Sliders } from "./sliders.tsx";
import { useDraft, type DraftDesk } from "./use-draft.ts";
import { WalkPart } from "./walk/walk-part.tsx";
import { forgetEvents } from "./week/use-event.ts";
import { usePreview } from "./week/use-preview.ts";
import { WeekPart } from "./week/week-part.tsx";

const { calibrate: say } = words;
const journalEveryMs = 15_000;
/** Until the doorbell has said what it is set to. */
const middle = 50;

export function CalibratePage(props: PageProps) {
  const desk = useDraft();
  const { draft, kept, fault } = desk;
  if (draft !== null && kept !== null) return <Calibration {...props} {...{ desk, draft, kept }} />;
  return (
    <div class="calibrate">
      <FaultNote fault={fault} />
      {fault === null && <p role="status">{say.loading}</p>}
      {fault !== null && (
        <button type="button" class="button button-big" onClick={desk.load}>
          {say.retry}
        </button>
      )}
    </div>
  );
}

interface Props extends PageProps {
  readonly desk: DraftDesk;
  readonly draft: Draft;
  readonly kept: Zones;
}

function Calibration({ home, me, desk, draft, kept }: Props) {
  const [part, setPart] = useState<Part>("now");
  const journal = useAsked(getJournal, { clock: home.clock, everyMs: journalEveryMs });
  const fallback = journal.value?.sensitivity ?? middle;
  const frame = useView(home);
  const may = mayOf(me.person.role);
  // a walk is counted by what is kept
  const zones = part === "walk" ? kept : draft.now;
  const judged = useMemo<HeatDraft>(() => ({ zones, fallback, frame }), [zones, fallback, frame]);
  const watch = useHeat(home, judged);
  const previewing = usePreview(home, part === "week" ? draft.now : null);
  const empty = journal.value?.span === null;
  useEffect(journal.again, [journal.again, part]);
  useEffect(() => {
    if (!empty) previewing.again();
  }, [empty]);
  useEffect(() => forgetEvents, []);
  const sliders = part === "now" || part === "week";
  const narrow = useNarrow();
  return (
    <div class="calibrate" data-part={part}>
      <PartTabs part={part} onPart={setPart} />
      <div class="calibrate-desk" id="part" role="tabpanel" aria-labelledby={`tab-${part}`}>
        {(part === "now" || (part === "week" && !narrow)) && (
          <NowPart
            {...{ home, watch, frame }}
            zones={zones.zones}
            small={part === "week"}
            mayDraw={may.drawLine}
          />
        )}
        {sliders && (
          <div class="calibrate-side">
            <Sliders {...{ home, desk, draft, fallback, watch }} />
            <SaveBar desk={desk} />
          </div>
        )}
        {part === "week" && (
          <WeekPart {...{ home, desk, draft, previewing }} empty={empty} opens={may.seeEvents}>
            <LabelsCard {...{ home, desk, draft, kept }} isOwner={me.person.role === "owner"} />
          </WeekPart>
        )}
        {part === "walk" && (
          <WalkPart {...{ home, watch, frame }} zones={kept.zones} differs={!isSame(kept, draft.now)} />
        )}
        {part === "report" && <JournalReport journal={journal} />}
      </div>
    </div>
  );
}
