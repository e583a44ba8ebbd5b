/**
 * App: the page of the house: the door now, what happened, and how the doorbell is.
 */
import { useCallback, useRef, useState } from "preact/hooks";
import type { Event } from "../daemon/wire/api.ts";
import { PlayerDialog } from "./clip/player-dialog.tsx";
import { EventList } from "./events/event-list.tsx";
import { Filters } from "./events/filters.tsx";
import { shownEvents } from "./events/list.ts";
import { removeFromList } from "./events/remove.ts";
import { LiveView } from "./live/live-view.tsx";
import { Header, LinkLost } from "./look/header.tsx";
import { Toast } from "./look/toast.tsx";
import { RingBanner, RingSpoken, useRingEffects } from "./ring/ring-banner.tsx";
import type { Tone } from "./ring/tone.ts";
import type { Home } from "./state/home.ts";
import { useStore } from "./state/store.ts";
import { StatusStrip } from "./status/status-strip.tsx";
import { words } from "./words.ts";

interface Props {
  readonly home: Home;
  readonly tone: Tone;
}

function Player({
  home,
  id,
  onGo,
  onRemove,
}: {
  readonly home: Home;
  readonly id: string;
  readonly onGo: (id: string | null) => void;
  readonly onRemove: (event: Event) => void;
}) {
  const list = useStore(home.store, (model) => model.list);
  const events = shownEvents(list);
  const at = events.findIndex((event) => event.id === id);
  const event = events[at];
  const [last, setLast] = useState<Event | undefined>(event);
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
      onClose={() => onGo(null)}
    />
  );
}

export function App({ home, tone }: Props) {
  const ringing = useStore(home.store, (model) => model.ringing);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = useCallback((event: Event) => setOpenId(event.id), []);
  const list = useRef<HTMLDivElement>(null);
  useRingEffects(ringing, tone);
  return (
    <>
      <Header home={home} tone={tone} />
      <RingSpoken ringing={ringing} />
      <LinkLost home={home} />
      <main class="house" data-ringing={ringing !== null}>
        <div class="now">
          <section class="stage" aria-label={words.live.title}>
            {ringing !== null && <RingBanner home={home} ringing={ringing} />}
            <LiveView home={home} />
          </section>
          <StatusStrip home={home} />
        </div>
        <section class="events" id="events" aria-labelledby="events-title" tabIndex={-1}>
          <div class="events-head">
            <h2 id="events-title">{words.events.title}</h2>
            <Filters home={home} />
          </div>
          <EventList home={home} root={list} onOpen={open} />
        </section>
      </main>
      {openId !== null && (
        <Player
          home={home}
          id={openId}
          onGo={setOpenId}
          onRemove={(event) => removeFromList(home, list.current, event)}
        />
      )}
      <Toast home={home} />
    </>
  );
}
