/**
 * TimelinePage: the past on a band of time with its picture above and its list below; what is filtered, chosen,
 * saved and deleted is the same in both.
 */
import "../look/timeline.css";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { togglePlay } from "../clip/use-playing.ts";
import { IgnoredLine } from "../events/ignored-line.tsx";
import { useWhatMenu, WhatChoice } from "../events/what-choice.tsx";
import { mayOf } from "../identity/may.ts";
import { number } from "../look/format.ts";
import { getPlace } from "../place/api.ts";
import type { PageProps } from "../route/page-props.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { placeOfAddress } from "./address.ts";
import { Band } from "./band.tsx";
import { BulkBar, type Step } from "./bulk-bar.tsx";
import { allOf, joined, noChoice, toggled, without, type Choice } from "./choice.ts";
import { ignoredIn, isFiltered, zonesOf, type Filter } from "./filter.ts";
import { Filters } from "./filters.tsx";
import { Legend } from "./legend.tsx";
import { MomentList } from "./moment-list.tsx";
import type { Moment } from "./moment.ts";
import type { HousePlace } from "./nights.ts";
import { SeenBy } from "./seen-by.tsx";
import { between } from "./sorted.ts";
import { Stage } from "./stage.tsx";
import { TimeBar } from "./time-bar.tsx";
import { Timeline } from "./timeline.ts";
import { usePlaceInAddress, usualSpan } from "./use-place.ts";
import { endOf, startOf } from "./view.ts";

const { timeline: say } = words;

export function TimelinePage({ home, me, ledger }: PageProps) {
  const may = mayOf(me.person.role);
  const [timeline] = useState(() => new Timeline(home, placeOfAddress(location.hash, usualSpan)));
  useEffect(() => timeline.start(), [timeline]);
  const jumping = usePlaceInAddress(timeline);
  const place = useHousePlace(may.drawLine);
  const video = useRef<HTMLVideoElement>(null);
  const known = useStore(timeline.state, (state) => state.known);
  const rested = useStore(timeline.state, (state) => state.rested);
  const filter = useStore(timeline.state, (state) => state.filter);
  const people = useStore(timeline.state, (state) => state.people);
  const watchers = useStore(timeline.state, (state) => state.watchers);
  const phase = useStore(timeline.state, (state) => state.phase);
  const zones = useMemo(() => zonesOf(known.moments), [known.moments]);
  const listed = useMemo(
    () => between(known.shown, startOf(rested), endOf(rested)).toReversed(),
    [known.shown, rested],
  );
  const inView = useMemo(
    () => between(known.moments, startOf(rested), endOf(rested)),
    [known.moments, rested],
  );
  const ignored = useMemo(() => ignoredIn(filter, inView, watchers), [filter, inView, watchers]);
  const ignoredHours = useStore(home.store, (model) => model.status?.storage.ignoredHours ?? null);
  const under = timeline.under(rested.atMs);

  const onFilter = (next: Filter): void => {
    jumping();
    timeline.filter(next);
  };
  const choose = useChoice(listed);
  const { choice } = choose;
  const chosen = useMemo(() => known.moments.filter(({ id }) => choice.ids.has(id)), [known.moments, choice]);
  const [step, setStep] = useState<Step>("choose");
  const stage = useRef<HTMLDivElement>(null);
  const open = useCallback(
    (moment: Moment) => {
      jumping();
      timeline.go({ ...timeline.view.get(), atMs: moment.startWallMs });
      stage.current?.scrollIntoView({ block: "nearest" });
    },
    [timeline],
  );
  const { toggle, join } = choose;
  const menu = useWhatMenu();
  const actions = useMemo(
    () => ({ open, toggle, day: join, what: menu.open }),
    [open, toggle, join, menu.open],
  );
  return (
    <div class="past" data-testid="timeline">
      <div class="past-now" ref={stage}>
        <Stage home={home} timeline={timeline} videoRef={video} />
        <Band timeline={timeline} place={place} onPlay={() => togglePlay(video.current)} />
        <TimeBar timeline={timeline} videoRef={video} onJump={jumping} />
        {phase === "failed" && <p role="alert">{say.failed}</p>}
        <Legend knowsPlace={place !== null} />
        <p class="block-note band-keys" id="band-keys">
          {say.keys}
        </p>
        {under !== null && <SeenBy clip={under.id} ledger={ledger} />}
      </div>
      <section class="past-then" aria-labelledby="past-list">
        <Filters filter={filter} zones={zones} people={people} onFilter={onFilter} />
        <div class="past-head">
          <h3 id="past-list">{say.list}</h3>
          <span class="day-count">{say.shownOf(number(listed.length), number(inView.length))}</span>
          {listed.length > 0 && (
            <button type="button" class="button" onClick={choose.all}>
              {say.selectAll(number(listed.length))}
            </button>
          )}
        </div>
        <IgnoredLine
          count={ignored}
          shown={filter.ignored !== null}
          hours={ignoredHours}
          onShow={(show) => onFilter({ ...filter, ignored: show ? "with" : null })}
        />
        {listed.length === 0 && phase !== "loading" && (
          <p class="block-note">{isFiltered(filter) ? say.noneFiltered : say.none}</p>
        )}
        <MomentList
          moments={listed}
          chosen={choice.ids}
          nowMs={home.now()}
          actions={actions}
          onDelete={may.removeEvents ? () => setStep("remove") : null}
        />
      </section>
      <WhatChoice home={home} menu={menu} />
      <BulkBar
        chosen={chosen}
        recordings={known.recordings}
        watchers={watchers}
        nowMs={home.now()}
        step={step}
        onStep={setStep}
        mayRemove={may.removeEvents}
        onClear={choose.none}
        onGone={(gone) => {
          timeline.removed(gone);
          choose.forget(gone);
        }}
        onKeep={(ids) => void home.remarks.keep(ids, true)}
        onSay={(text) => home.messages.say(text)}
      />
    </div>
  );
}

/** An owner may know where the house is; for others night is by the clock. */
function useHousePlace(mayKnow: boolean): HousePlace {
  const [place, setPlace] = useState<HousePlace>(null);
  useEffect(() => {
    if (!mayKnow) return;
    getPlace().then(
      (found) => setPlace(found.place),
      () => {}, // by the clock, then
    );
  }, [mayKnow]);
  return place;
}

interface Choosing {
  readonly choice: Choice;
  readonly toggle: (id: string, range: boolean) => void;
  readonly join: (more: readonly string[]) => void;
  readonly all: () => void;
  readonly none: () => void;
  readonly forget: (gone: ReadonlySet<string>) => void;
}

function useChoice(listed: readonly Moment[]): Choosing {
  const [choice, setChoice] = useState<Choice>(noChoice);
  const ids = useRef<readonly string[]>([]);
  ids.current = useMemo(() => listed.map(({ id }) => id), [listed]);
  const toggle = useCallback(
    (id: string, range: boolean) =>
      setChoice((before) => toggled(before, id, { listed: ids.current, range })),
    [],
  );
  const join = useCallback((more: readonly string[]) => setChoice((before) => joined(before, more)), []);
  return {
    choice,
    toggle,
    join,
    all: () => setChoice(allOf(ids.current)),
    none: () => setChoice(noChoice),
    forget: (gone) => setChoice((before) => without(before, gone)),
  };
}
