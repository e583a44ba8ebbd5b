/**
 * PastList: requests that are over, folded: what was asked and how it ended.
 */
import type { RequestCard } from "../../daemon/wire/api-consent.ts";
import { number, span } from "../look/format.ts";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { metres } from "./sentence.ts";

const { past: say } = words.requests;

export function PastList({ cards }: { readonly cards: readonly RequestCard[] }) {
  if (cards.length === 0) return null;
  return (
    <details class="block fold past">
      <summary>{say.title(number(cards.length))}</summary>
      <ul class="cards">
        {cards.map((card) => (
          <li class="card" key={card.hash} data-past={card.state}>
            <p class="card-words">
              <strong>{card.agency.name}</strong>
              <span>
                {say.what(span(card.request.window.from, card.request.window.to), metres(card.distanceM))}
              </span>
              <span>{say.states[card.state]}</span>
            </p>
            {card.state === "granted" && (
              <div>
                <a class="button" href={addressOf("shared")}>
                  {say.seeShared}
                </a>
              </div>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
