/**
 * House: the door now, what happened there, and how the doorbell is; of these, what a role may see.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Event } from "../daemon/wire/api.ts";
import { SnoozeLine } from "./alerts/snooze-line.tsx";
import { PlayerDialog } from "./clip/player-dialog.tsx";
import { DoorLine } from "./door/door-line.tsx";
import { EventList } from "./events/event-list.tsx";
import { Filters } from "./events/filters.tsx";
import { shownEvents } from "./events/list.ts";
import { removeFromList } from "./events/remove.ts";
import type { May } from "./identity/may.ts";
import { LiveView } from "./live/live-view.tsx";
import { PrivacyBar } from "./privacy/privacy-bar.tsx";
import { Icon } from "./look/icons.tsx";
import { RingBanner } from "./ring/ring-banner.tsx";
import type { AskedEvent } from "./route/asked-event.ts";
import { addressOf } from "./route/route.ts";
import { getEvent } from "./state/api.ts";
import type { Home } from "./state/home.ts";
import { useStore } from "./state/store.ts";
import { StatusStrip } from "./status/status-strip.tsx";
import { CallBar } from "./talk/call-bar.tsx";
import { useCall } from "./talk/use-call.ts";
import { words } from "./words.ts";

interface PlayerProps {
  readonly home: Home;
  readonly id: string;
  /** Asked for by its address; it may be older than the list reaches. */
  readonly known: Event | null;
  readonly onGo: (id: string | null) => void;
  /** Null: not for this person. */
  readonly onRemove: ((event: Event) => void) | null;
  readonly onShare: ((clip: string) => void) | null;
}

function Player({ home, id, known, onGo, onRemove, onShare }: PlayerProps) {
  const list = useStore(home.store, (model) => model.list);
  const events = shownEvents(list);
  const at = events.findIndex((event) => event.id === id);
  // left to the rules again it leaves the list, and not the dialog
  const event = events[at] ?? list.events.find((each) => each.id === id && each.ignored);
  const [last, setLast] = useState<Event | undefined>(event ?? (known?.id === id ? known : undefined));
  if (event !== undefined && event !== last) setLast(event);
  const shown = event ?? last; // deleted or filtered out while it is watched: stays until closed
  if (shown === undefined) return null;
  return (
    <PlayerDialog
      home={home}
      event={shown}
      newer={events[at - 1] ?? null}
      older={at === -1 ? null : (events[at + 1] ?? null)}
      onGo={(next) => onGo(next.id)}
      onRemove={onRemove}
      onShare={onShare}
      onClose={() => onGo(null)}
    />
  );
}

function Events({ home, may, asked }: Props) {
  const [openId, setOpenId] = useState<string | null>(null);
  const known = useKnown(asked, setOpenId);
  const open = useCallback((event: Event) => setOpenId(event.id), []);
  const list = useRef<HTMLDivElement>(null);
  const remove = useCallback((event: Event) => removeFromList(home, list.current, event), [home]);
  const onRemove = may.removeEvents ? remove : null;
  const onShare = may.share ? shareClip : null;
  return (
    <section class="events" id="events" aria-labelledby="events-title" tabIndex={-1}>
      <div class="events-head">
        <h2 id="events-title">{words.events.title}</h2>
        <a
          class="button"
          href={addressOf("timeline")}
          aria-label={words.timeline.open}
          title={words.timeline.open}
        >
          <Icon name="timeline" />
          <span class="wide-only">{words.timeline.open}</span>
        </a>
        <Filters home={home} />
      </div>
      <EventList home={home} root={list} onOpen={open} onRemove={onRemove} marks={may.markEvents} />
      {openId !== null && (
        <Player
          home={home}
          id={openId}
          known={known}
          onGo={setOpenId}
          onRemove={onRemove}
          onShare={onShare}
        />
      )}
    </section>
  );
}

/** The event that was asked for; opened once it is over: until then the door itself shows it, live. */
function useKnown(asked: AskedEvent | null, onOpen: (id: string) => void): Event | null {
  const [known, setKnown] = useState<Event | null>(null);
  useEffect(() => {
    if (asked === null) return;
    asked.taken();
    getEvent(asked.id).then(
      (event) => {
        if (event.state === "open") return;
        setKnown(event);
        onOpen(event.id);
      },
      () => {}, // deleted meanwhile: the list says what there is
    );
  }, [asked, onOpen]);
  return known;
}

function shareClip(clip: string): void {
  location.hash = addressOf(`share/clip/${clip}`);
}

interface Props {
  readonly home: Home;
  readonly may: May;
  readonly asked: AskedEvent | null;
}

export function House({ home, may, asked }: Props) {
  const ringing = useStore(home.store, (model) => model.ringing);
  const call = useCall(home);
  const desk = may.talk ? call : null;
  return (
    <main class="house" data-ringing={ringing !== null} data-narrow={!may.seeEvents}>
      <div class="now">
        {may.watchLive && (
          <section class="stage" aria-label={words.live.title}>
            {ringing !== null && <RingBanner home={home} ringing={ringing} desk={desk} />}
            <LiveView home={home} mayDraw={may.drawLine} desk={desk} />
            {may.seeEvents && <DoorLine home={home} />}
            {desk !== null && (
              <CallBar home={home} desk={desk} mayMake={may.makeReplies} rings={ringing !== null} />
            )}
            {may.closeSight !== null && <PrivacyBar home={home} closer={may.closeSight} />}
          </section>
        )}
        {may.seeEvents && <SnoozeLine home={home} isOwner={may.drawLine} />}
        <StatusStrip home={home} drawsLine={may.drawLine} />
      </div>
      {may.seeEvents && <Events home={home} may={may} asked={asked} />}
    </main>
  );
}
