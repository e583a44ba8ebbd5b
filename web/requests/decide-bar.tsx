/**
 * DecideBar: the two answers, of one size and one colour: no button here wants to be pressed more.
 *
 * "No" is one tap. It is not asked about again and cannot be taken back, as nothing comes of it.
 */
import type { RequestCard } from "../../daemon/wire/api-consent.ts";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";

const { decide: say } = words.requests;

interface Props {
  readonly card: RequestCard;
  readonly busy: boolean;
  readonly onNo: () => void;
}

export function DecideBar({ card, busy, onNo }: Props) {
  return (
    <div class="decide" role="group" aria-label={say.label}>
      <button
        type="button"
        class="decide-answer"
        aria-label={say.noLabel(card.agency.name)}
        disabled={busy}
        onClick={onNo}
        data-testid="no"
      >
        {say.no}
      </button>
      <a class="decide-answer" href={addressOf(`share/request/${card.hash}`)} data-testid="choose">
        {say.choose}
      </a>
    </div>
  );
}
