/**
 * RequestNotice: one request in a list: what it asks, what it promises, what was said about it, where it is
 * logged.
 */
import type { RequestCard } from "../../api.ts";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { Notices } from "./notices.tsx";
import { countText } from "./places.ts";
import { sentencesOf } from "./sentence.ts";
import { StateTag } from "./state-tag.tsx";

const { request: say } = words;

interface Props {
  readonly card: RequestCard;
  readonly nowMs: number;
  readonly chosen?: boolean;
}

export function RequestNotice({ card, nowMs, chosen = false }: Props) {
  const { request, agency, hash, index, state } = card;
  const { asks, promises, until } = sentencesOf(request, agency.name, nowMs);
  const title = `${words.incident[request.incidentType]}, ${agency.name}`;
  return (
    <li
      class="notice"
      data-over={state !== "open"}
      data-chosen={chosen}
      data-hash={hash}
      data-testid="notice"
    >
      <div class="notice-head">
        <h2 class="notice-title">
          <a href={addressOf("request", hash)}>{title}</a>
        </h2>
        <StateTag state={state} />
      </div>
      <p class="notice-words">{asks}</p>
      <p class="notice-soft">
        {promises} {state === "withdrawn" ? "" : until}
      </p>
      <Notices card={card} />
      <div class="notice-foot">
        <a class="quiet-link" href={addressOf("request", hash)} aria-label={say.open(title)}>
          {say.details}
        </a>
        <span class="notice-soft">{say.entry(countText(index))}</span>
        <span class="notice-soft code" title={say.hash}>
          {hash.slice(0, 16)}
        </span>
      </div>
    </li>
  );
}
