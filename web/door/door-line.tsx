/**
 * DoorLine: under the live picture, while it is so: somebody is there and has not rung; a parcel was left.
 *
 * Its place is always there and read out when something appears in it.
 */
import type { Event } from "../../daemon/wire/api.ts";
import { SignIcon } from "../events/sign-icon.tsx";
import { clockTime } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { useNow } from "../state/use-now.ts";
import { words } from "../words.ts";
import { atDoor } from "./at-door.ts";
import { markSeen, seenParcel } from "./seen.ts";

const { door: say } = words;

export function DoorLine({ home }: { readonly home: Home }) {
  const recent = useStore(home.store, (model) => model.recent);
  const seen = useStore(seenParcel, (id) => id);
  const nowMs = useNow(home);
  const { waiting, sinceWallMs, parcel } = atDoor(recent, nowMs);
  return (
    <div class="door-lines" role="status" aria-label={say.title} data-testid="door-line">
      {waiting !== null && (
        <div class="door-line" data-kind="waiting">
          <SignIcon sign="person" />
          <p>
            <strong>{say.waiting}</strong>{" "}
            <Time wallMs={sinceWallMs} text={whenOf(sinceWallMs, nowMs, say.since, say.sinceYesterday)} />
          </p>
        </div>
      )}
      {parcel !== null && parcel.id !== seen && (
        <ParcelLine event={parcel} time={whenOf(parcel.startWallMs, nowMs, say.at, say.yesterday)} />
      )}
    </div>
  );
}

function ParcelLine({ event, time }: { readonly event: Event; readonly time: string }) {
  return (
    <div class="door-line" data-kind="parcel">
      <SignIcon sign="parcel" />
      <p>
        <Time wallMs={event.startWallMs} text={say.parcel(time)} />
      </p>
      {event.state !== "open" && (
        <a class="button" href={addressOf(`event/${event.id}`)} onClick={() => markSeen(event.id)}>
          {say.see}
        </a>
      )}
      <button
        type="button"
        class="button button-icon"
        aria-label={say.dismiss}
        title={say.dismiss}
        onClick={() => markSeen(event.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** What is said here is of the last hours: another day is yesterday. */
function whenOf(wallMs: number, nowMs: number, today: InWords, yesterday: InWords): string {
  const isToday = new Date(wallMs).toDateString() === new Date(nowMs).toDateString();
  return (isToday ? today : yesterday)(clockTime(wallMs));
}

type InWords = (time: string) => string;

function Time({ wallMs, text }: { readonly wallMs: number; readonly text: string }) {
  return <time dateTime={new Date(wallMs).toISOString()}>{text}</time>;
}
