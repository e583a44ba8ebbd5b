/**
 * RequestFacts: who asks and how that is known, what was checked and what nobody checked; what is promised.
 *
 * The agency's words and the registrar's stand as theirs; ours never vouch for them.
 */
import type { ComponentChildren } from "preact";
import type { RequestCard } from "../../daemon/wire/api-consent.ts";
import { day, number } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { keepWords, onwardWords } from "./sentence.ts";

const { requests: say } = words;

interface Props {
  readonly card: RequestCard;
  /** Host name of the portal. */
  readonly portal: string;
}

export function RequestFacts({ card, portal }: Props) {
  const { agency, request } = card;
  const { facts } = say;
  return (
    <>
      {agency.keyChanged && (
        <div class="problem" data-level="warn">
          <Icon name="key" />
          <p>{facts.keyChanged(day(agency.keySinceMs))}</p>
        </div>
      )}
      <section class="request-part">
        <h4>{facts.title}</h4>
        <dl class="asker">
          <Fact name={facts.who}>{facts.whoValue(agency.name, say.kinds[agency.kind])}</Fact>
          <Fact name={facts.verified}>{facts.verifiedValue(agency.verifiedBy, portal)}</Fact>
          {!agency.keyChanged && <Fact name={facts.signed}>{facts.signedValue(day(agency.keySinceMs))}</Fact>}
          <Fact name={facts.contact}>{request.contact}</Fact>
          {request.contact !== agency.contact && <Fact name={facts.registered}>{agency.contact}</Fact>}
          <Fact name={facts.case}>{request.case}</Fact>
          <Fact name={facts.published}>
            {facts.publishedValue(number(card.logIndex), day(request.issuedAt))}
          </Fact>
        </dl>
      </section>
      {card.notes.length > 0 && (
        <section class="request-part">
          <h4>{facts.notes}</h4>
          {card.notes.map((note, i) => (
            <blockquote key={i} class="quote">
              {note}
            </blockquote>
          ))}
        </section>
      )}
      <Points title={say.unchecked.title} items={say.unchecked.items} strong />
      <Points title={say.checked.title} items={say.checked.items} />
    </>
  );
}

export function Promises({ request }: Pick<RequestCard, "request">) {
  return (
    <section class="request-part">
      <h4>{say.promise.title}</h4>
      <ul class="plain-list">
        <li>{keepWords(request)}</li>
        <li>{onwardWords(request)}</li>
      </ul>
      <p class="field-note">{say.promise.note}</p>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface PointsProps {
  readonly title: string;
  readonly items: readonly string[];
  /** What is not known is not folded away. */
  readonly strong?: boolean;
}

function Points({ title, items, strong = false }: PointsProps) {
  const list = (
    <ul class="plain-list">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
  if (!strong)
    return (
      <details class="request-part fold">
        <summary>{title}</summary>
        {list}
      </details>
    );
  return (
    <section class="request-part unchecked">
      <h4>{title}</h4>
      {list}
    </section>
  );
}
