/**
 * JoinNote: somebody asks to be let in while the owner looks at something else: one line, and the
 * way there. It goes by itself when the request is answered or has expired.
 */
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";

export function JoinNote({ waiting }: { readonly waiting: number }) {
  if (waiting === 0) return null;
  return (
    <div class="join-note" role="status">
      <Icon name="people" />
      <span>{words.people.asking(waiting)}</span>
      <a class="button" href={addressOf("people")}>
        {words.people.seeAsking}
      </a>
    </div>
  );
}
