/**
 * RequestCardView: one request that may be answered: what is asked in one sentence, where, which recordings it
 * would be about, what is known of who asks, and the two answers, which stay in reach while it is read.
 *
 * After a "No" the card shrinks to the line that says so, in its place, and the keyboard goes there.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Place } from "../../daemon/consent/common.ts";
import type { RequestCard } from "../../daemon/wire/api-consent.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { AreaPlan } from "./area-plan.tsx";
import { DecideBar } from "./decide-bar.tsx";
import { MatchingClips } from "./matching-clips.tsx";
import { planOf } from "./plan.ts";
import { Promises, RequestFacts } from "./request-facts.tsx";
import { leftWords, metres, planSentence, sentenceOf } from "./sentence.ts";

const { requests: say } = words;

export interface RequestView {
  readonly card: RequestCard;
  readonly house: Place | null;
  readonly portal: string;
  readonly nowMs: number;
  readonly mayDecide: boolean;
  readonly refuse: (hash: string) => Promise<void>;
  readonly mute: (agency: string) => Promise<void>;
}

export function RequestCardView(view: RequestView) {
  const { card, house, nowMs, mayDecide } = view;
  const { busy, fault, run } = useAction();
  const { request, agency } = card;
  if (card.state === "refused") return <Refused card={card} />;
  const left = leftWords(request.expiresAt, nowMs);
  return (
    <li class="card request" data-request={card.hash}>
      <header class="request-head">
        <h3>{sentenceOf(card, house)}</h3>
        <p class="request-end">{left === null ? say.ended : say.endsIn(left)}</p>
      </header>
      <div class="request-body">
        <div class="request-side">
          <section class="request-part">
            <p>{say.because(say.incidents[request.incidentType])}</p>
            <blockquote class="quote">{request.purpose}</blockquote>
          </section>
          <Where card={card} house={house} owner={mayDecide} />
          <Promises request={request} />
        </div>
        <div class="request-side">
          <MatchingClips clips={card.clips} />
          <RequestFacts card={card} portal={view.portal} />
        </div>
      </div>
      <FaultNote fault={fault} />
      {!mayDecide && <p class="block-note request-after">{say.ownerDecides}</p>}
      {mayDecide && (
        <footer class="request-foot">
          <DecideBar card={card} busy={busy} onNo={() => void run(() => view.refuse(card.hash))} />
        </footer>
      )}
      {mayDecide && (
        <div class="request-after">
          <p class="field-note">{say.decide.note}</p>
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void run(() => view.mute(request.agency))}
          >
            <Icon name="quiet" />
            {say.mute.agency(agency.name)}
          </button>
        </div>
      )}
    </li>
  );
}

interface WhereProps {
  readonly card: RequestCard;
  readonly house: Place | null;
  readonly owner: boolean;
}

function Where({ card, house, owner }: WhereProps) {
  const plan = planOf({
    area: card.request.area,
    house,
    distanceM: card.distanceM,
    jurisdiction: card.agency.jurisdiction,
  });
  return (
    <figure class="request-part">
      <AreaPlan
        plan={plan}
        label={planSentence(card, house)}
        radius={metres(card.request.area.radiusM)}
        distance={metres(card.distanceM)}
      />
      <figcaption class="field-note">
        {`${say.plan.note} ${plan.border === null ? say.plan.inside : say.plan.crossing}`}
        {!owner && ` ${say.plan.direction}`}
      </figcaption>
    </figure>
  );
}

function Refused({ card }: { readonly card: RequestCard }) {
  const line = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => line.current?.focus(), []);
  return (
    <li class="card request-refused" tabIndex={-1} ref={line} data-request={card.hash}>
      <Icon name="check" />
      <p>
        <strong>{say.decide.refused}</strong> {say.decide.refusedNote}
      </p>
    </li>
  );
}
