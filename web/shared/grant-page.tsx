/**
 * GrantPage: one grant: how it stands now, its link while that is known, what it is, what can be done.
 */
import { useCallback } from "preact/hooks";
import type { GrantCard } from "../../daemon/wire/api-consent.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { bytes } from "../look/format.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { getGrant } from "../share/api.ts";
import { words } from "../words.ts";
import { Countdown } from "./countdown.tsx";
import { toneOf } from "./grant-actions.ts";
import { GrantActs } from "./grant-acts.tsx";
import { GrantFacts } from "./grant-facts.tsx";
import { LinkCard } from "./link-card.tsx";

const { shared: say } = words;
const everyMs = 1_000;

interface Props extends PageProps {
  readonly id: string;
}

export function GrantPage({ home, me, id }: Props) {
  const ask = useCallback(() => getGrant(id), [id]);
  const { value: card, fault, again } = useAsked(ask, { clock: home.clock, everyMs });
  if (fault?.kind === "not-found") {
    return (
      <section class="card">
        <p class="card-words">
          <strong>{say.missing}</strong>
          <span>{say.missingNote}</span>
        </p>
      </section>
    );
  }
  if (card === null) return fault === null ? <p role="status">{say.loading}</p> : <FaultNote fault={fault} />;
  const isOwner = me.person.role === "owner";
  return (
    <div class="grant" data-state={card.state}>
      <GrantState card={card} home={home} />
      <LinkCard card={card} />
      {isOwner && <GrantActs card={card} me={me} home={home} onDone={again} />}
      {!isOwner && <p class="block-note">{say.readOnly}</p>}
      <GrantFacts card={card} />
    </div>
  );
}

function GrantState({ card, home }: { readonly card: GrantCard; readonly home: PageProps["home"] }) {
  const { name, note } = say.states[card.state];
  return (
    <section class="card grant-now" data-tone={toneOf(card.state)} aria-live="polite">
      <h3 data-testid="grant-state">{name}</h3>
      <p>{note}</p>
      {card.state === "ready" && <Countdown untilWallMs={card.sendAfterWallMs} home={home} />}
      {card.state === "sending" && (
        <div class="grant-progress">
          <progress
            value={card.sentBytes}
            max={Math.max(1, card.bytes)}
            aria-label={say.states.sending.name}
          />
          <span>{say.progress(bytes(card.sentBytes), bytes(card.bytes))}</span>
        </div>
      )}
      <FaultNote fault={card.fault} />
    </section>
  );
}
