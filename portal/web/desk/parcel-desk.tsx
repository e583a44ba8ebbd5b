/**
 * ParcelDesk: one received parcel: fetched, checked and opened here, then its receipt and what its owner asks after.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { bytes, percent } from "../../../web/look/format.ts";
import { Icon } from "../../../web/look/icons.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import { useStore } from "../../../web/state/store.ts";
import type { Parcel } from "../../api.ts";
import { Nothing, Waiting } from "../look/parts.tsx";
import { openParcel, type OpenedParcel } from "../parcel/opened.ts";
import { openedNow, ParcelView } from "../parcel/parcel-view.tsx";
import { dayText, daysText, whenText } from "../request/places.ts";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { DeletionPart } from "./deletion-part.tsx";
import { receivedAt, type Received } from "./parcel-list.tsx";
import { stateOf } from "./parcel-state.ts";
import { ReceiptPart } from "./receipt-part.tsx";
import type { Desk } from "./session.ts";
import { deskWords } from "./words.ts";

const { parcel: say, parcels: sayList } = deskWords;

export function ParcelDesk({ desk, grant }: { readonly desk: Desk; readonly grant: string }) {
  const asked = useAsked(
    useCallback(() => receivedAt(desk), [desk]),
    { clock: systemClock, everyMs: 30_000 },
  );
  const parcel = asked.value?.parcels.find((each) => each.grant === grant);
  return (
    <>
      <p class="part">
        <a class="quiet-link back" href={addressOf("desk", "parcels")}>
          <Icon name="back" />
          {words.back(sayList.title)}
        </a>
      </p>
      {asked.value === null && <Waiting fault={asked.fault} again={asked.again} />}
      {asked.value !== null && parcel === undefined && <Nothing title={say.unknown} />}
      {asked.value !== null && parcel !== undefined && (
        <OneParcel desk={desk} parcel={parcel} requests={asked.value.requests} onChanged={asked.again} />
      )}
    </>
  );
}

interface OneProps {
  readonly desk: Desk;
  readonly parcel: Parcel;
  readonly requests: Received["requests"];
  readonly onChanged: () => void;
}

function OneParcel({ desk, parcel, requests, onChanged }: OneProps) {
  const agency = useStore(desk.agency, (session) => session.agency);
  const [opened, setOpened] = useState<{ readonly parcel: OpenedParcel; readonly atMs: number } | null>(null);
  const [frac, setFrac] = useState<number | null>(null);
  const action = useAction();
  const open = useRef<OpenedParcel | null>(null);
  useEffect(() => () => open.current?.close(), []);
  const fetchAndOpen = async (): Promise<void> => {
    setFrac(null);
    const path = `/api/desk/parcels/${encodeURIComponent(parcel.grant)}/parcel`;
    const sealed = await (await desk.ask(path)).blob();
    setFrac(0);
    const { grant, letterBytes } = parcel;
    const secret = desk.keys.sealSecret;
    open.current = await openParcel({ grant, letterBytes, sealed, secret, onProgress: setFrac });
    setOpened({ parcel: open.current, atMs: openedNow() });
  };
  const letter = opened?.parcel.letter;
  const named = letter?.destination.kind === "request" ? letter.destination : null;
  // what the letter names counts, as soon as it can be read
  const request = requests.find(
    ({ hash }) => hash === (letter === undefined ? parcel.request : named?.request),
  );
  const forUs = letter === undefined || named === null || named.agency === agency.id;
  return (
    <>
      <section class="part">
        <h2>{request === undefined ? sayList.forUnknown : sayList.for(request.request.case)}</h2>
        <p class="part-note">
          {sayList.arrived(whenText(parcel.arrivedAt))}.{" "}
          {parcel.here && `${sayList.until(dayText(parcel.until))}.`}
        </p>
        <Conditions request={request?.request ?? null} />
        {opened === null && parcel.here && (
          <div class="form-row">
            <button
              type="button"
              class="button button-main"
              disabled={action.busy}
              onClick={() => void action.run(fetchAndOpen)}
              data-testid="open-parcel"
            >
              <Icon name="download" />
              {action.busy ? busyWords(frac) : say.fetch(bytes(parcel.bytes))}
            </button>
          </div>
        )}
        {!parcel.here && <p class="said">{stateOf(parcel) === "deleted" ? say.goneAsSigned : say.gone}</p>}
        {action.fault !== null && (
          <div data-testid="refused">
            <p>
              <strong>{words.parcel.refused}</strong>
            </p>
            <FaultNote fault={action.fault} />
          </div>
        )}
        {!forUs && (
          <p class="said" data-look="wrong">
            <strong>{say.notForYou}</strong>
            {say.notForYouHint}
          </p>
        )}
      </section>
      {opened !== null && (
        <ParcelView parcel={opened.parcel} receipt={parcel.receipt} openedWallMs={opened.atMs} />
      )}
      <ReceiptPart
        desk={desk}
        parcel={parcel}
        opened={opened?.parcel ?? null}
        request={request?.request ?? null}
        onChanged={onChanged}
      />
      <DeletionPart desk={desk} parcel={parcel} opened={opened?.parcel ?? null} onChanged={onChanged} />
    </>
  );
}

function Conditions({ request }: { readonly request: Received["requests"][number]["request"] | null }) {
  if (request === null) return <p class="part-note">{say.noConditions}</p>;
  const onward =
    request.onwardSharing.length === 0
      ? words.request.nobody.toLowerCase()
      : request.onwardSharing.join(", ");
  return (
    <p class="part-note">
      {say.conditions}: {say.conditionsOf(daysText(request.keepDays), onward)}
    </p>
  );
}

function busyWords(frac: number | null): string {
  return frac === null ? words.parcel.fetching : `${words.parcel.checking} ${percent(frac)}`;
}
