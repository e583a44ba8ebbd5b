/**
 * SharedPage: every grant of this house, newest first: "#/shared"; one of them: "#/shared/<id>".
 */
import "../look/share.css";
import { useState } from "preact/hooks";
import type { Destinations, GrantCard } from "../../daemon/wire/api-consent.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { bytes, duration, moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { addressOf } from "../route/route.ts";
import { getDestinations, getGrants } from "../share/api.ts";
import { words } from "../words.ts";
import { isIn, toneOf, type GrantFilter } from "./grant-actions.ts";
import { GrantPage } from "./grant-page.tsx";

const { shared: say, share: sayShare } = words;
const everyMs = 3_000;
const filters = ["all", "running", "arrived", "stopped"] as const;

export function SharedPage(props: PageProps) {
  const [id] = props.rest;
  return id === undefined ? <SharedList {...props} /> : <GrantPage key={id} {...props} id={id} />;
}

function SharedList({ home, me }: PageProps) {
  const { value: grants, fault } = useAsked(getGrants, { clock: home.clock, everyMs });
  const [filter, setFilter] = useState<GrantFilter>("all");
  const isOwner = me.person.role === "owner";
  const shown = grants?.filter((card) => isIn(card, filter)) ?? [];
  return (
    <>
      <FaultNote fault={fault} />
      {grants === null && fault === null && <p role="status">{say.loading}</p>}
      {grants?.length === 0 && (
        <section class="card">
          <p class="card-words">
            <strong>{say.empty}</strong>
            <span>{say.emptyNote}</span>
          </p>
        </section>
      )}
      {grants !== null && grants.length > 0 && (
        <section class="block" aria-label={say.filter}>
          <div class="filters" role="group" aria-label={say.filter}>
            {filters.map((each) => (
              <button
                key={each}
                type="button"
                class="filter"
                aria-pressed={filter === each}
                onClick={() => setFilter(each)}
              >
                {say.filters[each]}
              </button>
            ))}
          </div>
          {shown.length === 0 && <p class="block-note">{say.nothingHere}</p>}
          <ul class="cards">
            {shown.map((card) => (
              <GrantRow key={card.id} card={card} />
            ))}
          </ul>
          {!isOwner && <p class="block-note">{say.readOnly}</p>}
        </section>
      )}
      {isOwner && <Elsewhere clock={home.clock} />}
    </>
  );
}

/** "2 recordings, 26 s, 5.2 MB" */
export function whatOf({ destination, clips, bytes: size }: GrantCard): string {
  if (destination.kind === "board") return say.postWhat;
  const lengthMs = clips.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return say.what(sayShare.clipCount(clips.length), duration(lengthMs), bytes(size));
}

function GrantRow({ card }: { readonly card: GrantCard }) {
  return (
    <li class="card" data-grant={card.id} data-state={card.state}>
      <a class="grant-row" href={addressOf(`shared/${card.id}`)}>
        <span class="card-words">
          <strong>{say.to(card.recipient.name)}</strong>
          <span>{`${say.kinds[card.destination.kind]} · ${whatOf(card)}`}</span>
          <span>{say.signedBy(card.by, moment(card.issuedAt))}</span>
        </span>
        <span class="grant-state" data-tone={toneOf(card.state)}>
          {say.states[card.state].name}
        </span>
        <Icon name="next" />
      </a>
    </li>
  );
}

/** Where else recordings may go: what is set, and how to set it. */
function Elsewhere({ clock }: Pick<PageProps["home"], "clock">) {
  const { value, fault } = useAsked(getDestinations, { clock, everyMs: null });
  if (value === null) return <FaultNote fault={fault} />;
  return (
    <section class="block" aria-labelledby="elsewhere">
      <h3 id="elsewhere">{say.archive}</h3>
      <p class="block-note">{archiveWords(value)}</p>
      {value.share === null && <p class="block-note">{say.noPortal}</p>}
      {value.board !== null && (
        <div class="form-row">
          <a class="button" href={addressOf("shared/post")}>
            <Icon name="pen" />
            {say.write}
          </a>
        </div>
      )}
    </section>
  );
}

function archiveWords({ archive }: Destinations): string {
  return archive === null ? say.archiveNone : say.archiveTo(archive);
}
