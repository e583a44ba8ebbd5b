/**
 * SessionList: the browsers that are signed in, and what ending such a session does and does not do.
 */
import type { People, Session } from "../../daemon/wire/api-household.ts";
import { revokeSession } from "../identity/api.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";

const { people: say } = words;

interface Props {
  readonly sessions: readonly Session[];
  readonly people: People["people"];
  readonly onChanged: () => void;
}

/** This browser first, then the one that was seen last. */
function inOrder(sessions: readonly Session[]): Session[] {
  return sessions.toSorted((a, b) => Number(b.own) - Number(a.own) || b.lastSeenWallMs - a.lastSeenWallMs);
}

export function SessionList({ sessions, people, onChanged }: Props) {
  const { busy, fault, run } = useAction();
  const end = async (id: string): Promise<void> => {
    if (await run(() => revokeSession(id))) onChanged();
  };
  return (
    <section class="block" aria-labelledby="sessions">
      <h3 id="sessions">{say.sessions}</h3>
      <p class="block-note">{say.sessionsNote}</p>
      <FaultNote fault={fault} />
      <ul class="cards">
        {inOrder(sessions.filter(({ program }) => program !== true)).map((session) => (
          <li key={session.id} class="card card-line" data-session={session.own ? "own" : "other"}>
            <Icon name="browser" />
            <p class="card-words">
              <strong>
                {session.label}
                {session.own && <span class="chip">{say.thisBrowser}</span>}
              </strong>
              <span>
                {[nameOf(people, session.person), say.seen(moment(session.lastSeenWallMs))].join(" · ")}
              </span>
            </p>
            <button
              type="button"
              class="button"
              disabled={busy}
              aria-label={say.endLabel(session.label)}
              onClick={() => void end(session.id)}
            >
              {say.end}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function nameOf(people: People["people"], id: string): string {
  return people.find((person) => person.id === id)?.name ?? "";
}
