/**
 * RequestsNote: at the door, one quiet line when requests wait for an answer. It asks for nothing.
 */
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";

const { home: say } = words.requests;

export function RequestsNote({ waiting }: { readonly waiting: number }) {
  if (waiting === 0) return null;
  return (
    <div class="join-note requests-note" role="status">
      <Icon name="ask" />
      <span>{say.waiting(waiting)}</span>
      <a class="button" href={addressOf("requests")}>
        {say.see}
      </a>
    </div>
  );
}
