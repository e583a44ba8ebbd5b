/**
 * RequestsPage: who asks this house for recordings, and the owner's answer.
 *
 * Members read, owners decide. Asks only the doorbell: opening this page, and every answer but a
 * signed grant, changes nothing that can be seen from outside.
 */
import "../look/requests.css";
import { useEffect, useState } from "preact/hooks";
import type { Place } from "../../daemon/consent/common.ts";
import type { Requests } from "../../daemon/wire/api-consent.ts";
import { mayOf } from "../identity/may.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { nearMoment, number } from "../look/format.ts";
import { Icon, type IconName } from "../look/icons.tsx";
import { useAsked } from "../look/use-asked.ts";
import { getPlace } from "../place/api.ts";
import type { PageProps } from "../route/page-props.ts";
import { addressOf } from "../route/route.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { getRequests, refuseRequest, setMute } from "./api.ts";
import { FeedFoot, FeedNote, portalName } from "./feed-note.tsx";
import { PastList } from "./past-list.tsx";
import { QuietList, type MuteChange } from "./quiet-list.tsx";
import { RequestCardView } from "./request-card.tsx";
import { sorted } from "./sort.ts";

const { requests: say } = words;
const everyMs = 30_000;
const nowhere = async (): Promise<{ place: Place | null }> => ({ place: null });

export function RequestsPage({ home, me }: PageProps) {
  const { clock } = home;
  const mayDecide = mayOf(me.person.role).answerRequests;
  const asked = useAsked(getRequests, { clock, everyMs });
  const place = useAsked(mayDecide ? getPlace : nowhere, { clock, everyMs: null });
  const [refusedHere, setRefusedHere] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<MuteChange | null>(null);
  const told = useStore(home.store, ({ status }) => `${status?.requests} ${status?.feed}`);
  useEffect(asked.again, [told]);
  const { value } = asked;
  if (value === null) return <FaultNote fault={asked.fault} />;

  const refuse = async (hash: string): Promise<void> => {
    await refuseRequest(hash);
    setRefusedHere((before) => new Set(before).add(hash));
    asked.again();
  };
  const mute = async (change: MuteChange): Promise<void> => {
    await setMute(change);
    setLast(change);
    asked.again();
  };
  const { open, past } = sorted(value.requests, refusedHere);
  const nowMs = home.now();
  // what was refused a moment ago is an answer, not silence, unless all are muted now
  const isSilent = open.length === 0 || (value.mutedAll && open.every(({ state }) => state === "refused"));
  const works = value.feed.state !== "off" && value.feed.state !== "waiting";
  return (
    <>
      <FeedNote feed={value.feed} nowMs={nowMs} />
      {works && !value.placed && <Unplaced mayDecide={mayDecide} />}
      {works && value.placed && isSilent && value.feed.state === "current" && (
        <Nobody muted={value.mutedAll || value.muted.length > 0} />
      )}
      <ul class="cards requests">
        {open.map((card) => (
          <RequestCardView
            key={card.hash}
            card={card}
            house={place.value?.place ?? null}
            portal={portalName(value.feed.portal)}
            nowMs={nowMs}
            mayDecide={mayDecide}
            refuse={refuse}
            mute={async (agency) => {
              await mute({ agency, muted: true });
              home.messages.say(say.mute.done(card.agency.name));
            }}
          />
        ))}
      </ul>
      <Digest digest={value.digest} nowMs={nowMs} />
      <PastList cards={past} />
      {works && <QuietList asked={value} mayDecide={mayDecide} set={mute} last={last} />}
      <section class="block" aria-labelledby="ways-title">
        <h3 id="ways-title">{say.ways.title}</h3>
        <ul class="cards">
          {mayDecide && <Way to="place" icon="pin" title={say.ways.place} note={say.ways.placeNote} />}
          <Way
            to="requests/court-order"
            icon="paper"
            title={say.ways.order}
            note={mayDecide ? say.ways.orderNote : say.ways.orderNoteRead}
          />
        </ul>
      </section>
      <FeedFoot feed={value.feed} nowMs={nowMs} />
    </>
  );
}

function Unplaced({ mayDecide }: { readonly mayDecide: boolean }) {
  return (
    <div class="problem" data-level="warn" data-testid="unplaced">
      <Icon name="pin" />
      <div>
        <strong>{say.unplaced.title}</strong>
        <p>{say.unplaced.note}</p>
        {mayDecide ? (
          <a class="button problem-cure" href={addressOf("place")}>
            {say.unplaced.go}
          </a>
        ) : (
          <p>{say.unplaced.member}</p>
        )}
      </div>
    </div>
  );
}

function Nobody({ muted }: { readonly muted: boolean }) {
  return (
    <div class="nothing">
      <Icon name={muted ? "quiet" : "ask"} />
      <p class="nothing-title">{muted ? say.none.mutedTitle : say.none.title}</p>
      <p>{muted ? say.none.mutedNote : say.none.note}</p>
    </div>
  );
}

function Digest({ digest, nowMs }: { readonly digest: Requests["digest"]; readonly nowMs: number }) {
  if (digest.waiting === 0) return null;
  return (
    <p class="digest" role="status" data-testid="digest">
      <strong>{say.digest.title(number(digest.waiting))}.</strong>{" "}
      {digest.nextWallMs === null ? say.digest.plain : say.digest.next(nearMoment(digest.nextWallMs, nowMs))}
    </p>
  );
}

interface WayProps {
  readonly to: string;
  readonly icon: IconName;
  readonly title: string;
  readonly note: string;
}

function Way({ to, icon, title, note }: WayProps) {
  return (
    <li>
      <a class="card way" href={addressOf(to)}>
        <span class="card-line">
          <Icon name={icon} />
          <span class="card-words">
            <strong>{title}</strong>
            <span>{note}</span>
          </span>
        </span>
      </a>
    </li>
  );
}
