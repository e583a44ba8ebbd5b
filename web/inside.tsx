/**
 * Inside: the page of somebody who is signed in: the header, and the door or the page they chose.
 *
 * Owns the connection to the doorbell: it begins when they come in and ends when they leave.
 */
import { useEffect, useState } from "preact/hooks";
import { systemClock } from "../hal/clock.ts";
import { pictures } from "./events/use-picture.ts";
import type { Me } from "./identity/me.ts";
import { mayOf } from "./identity/may.ts";
import { House } from "./house.tsx";
import { AlarmNote } from "./ledger/alarm-note.tsx";
import { useLedgerWatch } from "./ledger/use-ledger-watch.ts";
import { Header, LinkLost } from "./look/header.tsx";
import { Toast } from "./look/toast.tsx";
import { RingSpoken, useRingEffects } from "./ring/ring-banner.tsx";
import { RingNote } from "./ring/ring-note.tsx";
import type { Tone } from "./ring/tone.ts";
import { JoinNote } from "./people/join-note.tsx";
import { RequestsNote } from "./requests/requests-note.tsx";
import { ToldNote } from "./push/told-note.tsx";
import { eventIn, useAskedEvent } from "./route/asked-event.ts";
import { Outlet } from "./route/outlet.tsx";
import { addressOf } from "./route/route.ts";
import { forgetLinks } from "./share/links.ts";
import { Home } from "./state/home.ts";
import { useStore, type Store } from "./state/store.ts";

interface Props {
  readonly me: Me;
  readonly tone: Tone;
  readonly route: Store<string>;
  /** Their connection went; perhaps their session did. */
  readonly onLost: () => void;
  readonly onSignOut: () => void;
}

export function Inside({ me, tone, route, onLost, onSignOut }: Props) {
  const may = mayOf(me.person.role);
  const ledger = useLedgerWatch(me.device, systemClock, may.seeEvents);
  const [home] = useState(() => new Home(systemClock, { seesEvents: may.seeEvents, onLost }));
  // live first: browsers open one WebSocket to a host at a time, and the picture takes longest
  useEffect(() => home.start(), [home]);
  useEffect(() => () => pictures.clear(), []); // the next person opens their own
  useEffect(() => () => forgetLinks(), []);
  const ringing = useStore(home.store, (model) => model.ringing);
  const waiting = useStore(home.store, (model) => model.status?.waiting ?? 0);
  const requests = useStore(home.store, (model) => model.status?.requests ?? 0);
  const here = useStore(route, (name) => name);
  const asked = useAskedEvent(here);
  const place = eventIn(here) === null ? here : "";
  useRingEffects(ringing, tone);
  const away = place !== "" && ringing !== null;
  return (
    <>
      <Header home={home} tone={tone} me={me} route={place} onSignOut={onSignOut} />
      <RingSpoken ringing={ringing} />
      <LinkLost home={home} />
      {may.seeEvents && <AlarmNote watch={ledger} />}
      {away && <RingNote ringing={ringing} onSee={() => location.assign(addressOf(""))} />}
      {may.seeEvents && place !== "alerts" && <ToldNote person={me.person.id} />}
      {may.changePeople && place !== "people" && <JoinNote waiting={waiting} />}
      {may.seeEvents && place === "" && ringing === null && <RequestsNote waiting={requests} />}
      {place === "" ? (
        <House home={home} may={may} asked={asked} />
      ) : (
        <Outlet route={place} home={home} me={me} ledger={ledger} />
      )}
      <Toast home={home} />
    </>
  );
}
