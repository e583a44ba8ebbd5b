/**
 * CheckStep: exactly what leaves, played; what goes with it, to whom, what they promised, until when.
 */
import { isShare } from "../../daemon/consent/grant-state.ts";
import type { ComponentChildren } from "preact";
import { FaultNote } from "../look/fault-note.tsx";
import { bytes, duration, exactTime, moment, number } from "../look/format.ts";
import { words } from "../words.ts";
import { leavingSpan, sumOf, type Part } from "./parts.ts";
import { Preview } from "./preview.tsx";
import type { To } from "./recipient.ts";
import type { Asked } from "./source.ts";
import { endOf, lifetimesHours, maxNote, type Terms } from "./terms.ts";
import type { Preparation } from "./use-preparation.ts";

const { share: say } = words;

interface Props {
  readonly asked: Asked;
  readonly parts: readonly Part[];
  readonly to: To;
  readonly terms: Terms;
  readonly nowMs: number;
  readonly preparation: Preparation;
  readonly onTerms: (terms: Terms) => void;
}

export function CheckStep(props: Props) {
  const { asked, parts, to, terms, preparation } = props;
  const { done, all, fault, ready } = preparation;
  return (
    <>
      <FaultNote fault={fault} />
      {fault !== null && (
        <button type="button" class="button" onClick={preparation.again}>
          {say.retry}
        </button>
      )}
      {fault === null && (
        <div class="preparing" role="status">
          {!ready && <progress value={done} max={Math.max(1, all)} />}
          <p class="block-note">
            {ready ? say.prepared : say.preparing(number(Math.min(done + 1, all)), number(all))}
          </p>
        </div>
      )}
      {ready && <Preview parts={parts} prepared={preparation.prepared} />}
      <section class="block" aria-labelledby="goes-with">
        <h4 id="goes-with">{say.goesWith}</h4>
        <Facts parts={parts} to={to} asked={asked} />
      </section>
      <TermsForm terms={terms} to={to} nowMs={props.nowMs} onTerms={props.onTerms} />
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="share-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ parts, to, asked }: Pick<Props, "parts" | "to" | "asked">) {
  const sum = sumOf(parts);
  const sizes = new Set(parts.map(({ clip }) => `${clip.width} × ${clip.height}`));
  return (
    <dl class="share-facts" data-testid="facts">
      <Fact name={say.facts.to}>{to.recipient.name}</Fact>
      <Fact name={say.facts.recordings}>
        {parts.map((part) => {
          const { fromMs, toMs } = leavingSpan(part);
          const { startWallMs, id } = part.clip;
          return (
            <span key={id} class="fact-line">
              {`${say.span(moment(startWallMs + fromMs), exactTime(startWallMs + toMs))} (${duration(toMs - fromMs)})`}
            </span>
          );
        })}
      </Fact>
      <Fact name={say.facts.picture}>{say.pictureNote([...sizes].join(", "))}</Fact>
      <Fact name={say.facts.sound}>{say.soundNone}</Fact>
      <Fact name={say.facts.size}>{say.sizeNote(bytes(sum.bytes), number(sum.pieces))}</Fact>
      <Fact name={say.facts.letter}>{say.letterNote}</Fact>
      <Fact name={say.facts.promise}>
        <Promised asked={asked} />
      </Fact>
    </dl>
  );
}

/** Retention and onward sharing, in the words of who asked. */
export function Promised({ asked }: { readonly asked: Asked }) {
  if (asked.kind === "own") return <>{say.promiseNone}</>;
  if (asked.kind === "court-order") return <>{say.promiseCourt}</>;
  const { keepDays, onwardSharing } = asked.card.request;
  return (
    <>
      <span class="fact-line">{say.keep(keepDays)}</span>
      <span class="fact-line">
        {onwardSharing.length === 0 ? say.onwardNobody : say.onward(onwardSharing.join(", "))}
      </span>
      <span class="fact-line fact-soft">{say.promiseNote}</span>
    </>
  );
}

function lifetimeName(hours: number): string {
  if (hours === 1) return say.days.hour;
  return hours === 24 ? say.days.day : say.days.days(hours / 24);
}

function TermsForm({ terms, to, nowMs, onTerms }: Pick<Props, "terms" | "to" | "nowMs" | "onTerms">) {
  const endsThere = isShare(to);
  const left = maxNote - terms.note.length;
  return (
    <div class="form">
      <div class="field">
        <label for="until">{endsThere ? say.untilLink : say.until}</label>
        <select
          id="until"
          class="input"
          value={String(terms.hours)}
          onChange={({ currentTarget }) => onTerms({ ...terms, hours: Number(currentTarget.value) })}
          aria-describedby="until-note"
        >
          {lifetimesHours.map((hours) => (
            <option key={hours} value={String(hours)}>
              {`${lifetimeName(hours)} – ${moment(endOf({ hours }, nowMs))}`}
            </option>
          ))}
        </select>
        <p class="field-note" id="until-note">
          {endsThere ? say.untilLinkNote : say.untilNote}
        </p>
      </div>
      <div class="field">
        <label for="note">{say.note}</label>
        <textarea
          id="note"
          class="input"
          rows={3}
          maxLength={maxNote}
          value={terms.note}
          onInput={({ currentTarget }) => onTerms({ ...terms, note: currentTarget.value })}
          aria-describedby="note-note"
        />
        <p class="field-note" id="note-note">
          {left < 200 ? say.left(number(left)) : say.noteNote}
        </p>
      </div>
    </div>
  );
}
