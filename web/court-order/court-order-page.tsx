/**
 * CourtOrderPage: orders on paper: what one does and does not, the form to record one, those recorded, and from
 * each the way to the picker. Owners record and share; members read.
 */
import "../look/requests.css";
import type { CourtOrderCard } from "../../daemon/wire/api-consent.ts";
import { mayOf } from "../identity/may.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { nearMoment, span } from "../look/format.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { getCourtOrders } from "./api.ts";
import { OrderForm } from "./order-form.tsx";

const { courtOrder: say } = words;

export function CourtOrderPage({ home, me }: PageProps) {
  const asked = useAsked(getCourtOrders, { clock: home.clock, everyMs: 30_000 });
  const mayRecord = mayOf(me.person.role).answerRequests;
  return (
    <>
      <section class="block" aria-labelledby="what-title">
        <h3 id="what-title">{say.whatTitle}</h3>
        <ul class="plain-list">
          {say.what.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </section>
      <section class="block" aria-labelledby="list-title">
        <h3 id="list-title">{say.listTitle}</h3>
        <FaultNote fault={asked.fault} />
        {asked.value?.orders.length === 0 && <p class="block-note">{say.none}</p>}
        <ul class="cards" aria-live="polite">
          {asked.value?.orders.map((order) => (
            <Order key={order.hash} order={order} mayShare={mayRecord} nowMs={home.now()} />
          ))}
        </ul>
      </section>
      <section class="block" aria-labelledby="form-title">
        <h3 id="form-title">{say.formTitle}</h3>
        {mayRecord ? (
          <OrderForm me={me} now={() => home.now()} onRecorded={asked.again} />
        ) : (
          <p class="block-note">{say.ownerOnly}</p>
        )}
      </section>
    </>
  );
}

interface OrderProps {
  readonly order: CourtOrderCard;
  readonly mayShare: boolean;
  readonly nowMs: number;
}

function Order({ order, mayShare, nowMs }: OrderProps) {
  return (
    <li class="card" data-order={order.hash}>
      <div class="card-words">
        <strong>{order.court}</strong>
        <span>
          {say.card.file(order.fileNumber)} · {say.card.for(order.recipient)}
        </span>
        <span>{span(order.window.from, order.window.to)}</span>
        <span>{say.card.by(order.by, nearMoment(order.recordedWallMs, nowMs))}</span>
      </div>
      {order.text !== "" && <blockquote class="quote">{order.text}</blockquote>}
      {mayShare && (
        <div>
          <a class="button" href={addressOf(`share/court-order/${order.hash}`)}>
            {say.card.choose}
          </a>
        </div>
      )}
    </li>
  );
}
