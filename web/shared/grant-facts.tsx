/**
 * GrantFacts: what was signed, to whom, until when; when it arrived, and the recipient's own words.
 */
import type { ComponentChildren } from "preact";
import { isAnswerable } from "../../daemon/consent/grant-state.ts";
import type { GrantCard } from "../../daemon/wire/api-consent.ts";
import { bytes, duration, moment, number } from "../look/format.ts";
import { words } from "../words.ts";

const { shared: say } = words;

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="share-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function GrantFacts({ card }: { readonly card: GrantCard }) {
  const { destination, recipient, purpose, clips, receipt, deletion, shareUrl } = card;
  const answers = isAnswerable(card);
  return (
    <dl class="share-facts" data-testid="grant-facts">
      <Fact name={say.facts.to}>{`${recipient.name} · ${say.kinds[destination.kind]}`}</Fact>
      {purpose !== "" && <Fact name={say.facts.purpose}>{purpose}</Fact>}
      {clips.length > 0 && (
        <Fact name={say.facts.recordings}>
          {clips.map(({ clip, startWallMs, durationMs, fragments }) => (
            <span key={clip} class="fact-line">
              {say.pieces(
                startWallMs === null ? say.deletedClip : moment(startWallMs),
                duration(durationMs),
                number(fragments),
              )}
            </span>
          ))}
        </Fact>
      )}
      <Fact name={say.facts.size}>{bytes(card.bytes)}</Fact>
      <Fact name={say.facts.signed}>{say.by(card.by, moment(card.issuedAt))}</Fact>
      <Fact name={say.facts.until}>{moment(card.notAfter)}</Fact>
      {shareUrl !== null && destination.kind !== "link" && (
        <Fact name={say.facts.where}>{say.where(shareUrl)}</Fact>
      )}
      {card.deliveredWallMs !== null && (
        <Fact name={say.facts.delivered}>{moment(card.deliveredWallMs)}</Fact>
      )}
      {answers && card.deliveredWallMs !== null && (
        <Fact name={say.facts.receipt}>
          <Receipt receipt={receipt} />
        </Fact>
      )}
      {deletion !== null && (
        <Fact name={say.facts.deletion}>
          <span class="fact-line">{say.asked(moment(deletion.askedWallMs))}</span>
          <span class="fact-line">
            {deletion.answer === null ? say.noAnswer : say.answers[deletion.answer]}
          </span>
          {deletion.basis !== "" && <span class="fact-line">{say.basis(deletion.basis)}</span>}
        </Fact>
      )}
    </dl>
  );
}

function Receipt({ receipt }: Pick<GrantCard, "receipt">) {
  if (receipt === null) return <>{say.noReceipt}</>;
  const { receivedAt, keepUntil, onwardSharing } = receipt;
  return (
    <>
      <span class="fact-line">{say.receipt(moment(receivedAt), moment(keepUntil))}</span>
      <span class="fact-line">
        {onwardSharing.length === 0 ? say.onwardNobody : say.onward(onwardSharing.join(", "))}
      </span>
      <span class="fact-line fact-soft">{say.promiseNote}</span>
    </>
  );
}
