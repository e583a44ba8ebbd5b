/**
 * ParcelList: what owners sent to this agency, newest first.
 */
import { useCallback } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { bytes } from "../../../web/look/format.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import type { DeskRequests, Parcel } from "../../api.ts";
import { Nothing, Waiting } from "../look/parts.tsx";
import { dayText, whenText } from "../request/places.ts";
import { addressOf } from "../route/route.ts";
import { stateOf } from "./parcel-state.ts";
import type { Desk } from "./session.ts";
import { deskWords } from "./words.ts";

const { parcels: say } = deskWords;

export interface Received {
  readonly parcels: readonly Parcel[];
  readonly requests: DeskRequests["requests"];
}

export async function receivedAt(desk: Desk): Promise<Received> {
  const [{ parcels }, { requests }] = await Promise.all([
    desk.json<{ parcels: Parcel[] }>("/api/desk/parcels"),
    desk.json<DeskRequests>("/api/desk/requests"),
  ]);
  return { parcels, requests };
}

export function ParcelList({ desk }: { readonly desk: Desk }) {
  const asked = useAsked(
    useCallback(() => receivedAt(desk), [desk]),
    { clock: systemClock, everyMs: 30_000 },
  );
  if (asked.value === null) return <Waiting fault={asked.fault} again={asked.again} />;
  const { parcels, requests } = asked.value;
  return (
    <section class="part">
      <h2>{say.title}</h2>
      <p class="part-note">{say.lead}</p>
      {parcels.length === 0 && <Nothing title={say.none} hint={say.noneHint} />}
      <ul class="notices">
        {parcels.map((parcel) => {
          const request = requests.find(({ hash }) => hash === parcel.request);
          const state = stateOf(parcel);
          return (
            <li key={parcel.grant} class="notice" data-testid="parcel">
              <div class="notice-head">
                <h3 class="notice-title">
                  <a href={addressOf("desk", `parcels/${parcel.grant}`)}>
                    {request === undefined ? say.forUnknown : say.for(request.request.case)}
                  </a>
                </h3>
                <span class="tag" data-look={looks[state]}>
                  {say.states[state]}
                </span>
              </div>
              <div class="notice-foot">
                <span class="notice-soft">{say.arrived(whenText(parcel.arrivedAt))}</span>
                <span class="notice-soft">{bytes(parcel.bytes)}</span>
                {parcel.here && <span class="notice-soft">{say.until(dayText(parcel.until))}</span>}
                <span class="notice-soft code">{parcel.grant}</span>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const looks = { fresh: "open", receipted: "", asked: "warn", deleted: "", kept: "", gone: "" } as const;
