/**
 * PeoplePage: who belongs to this doorbell, who asks to, and where they are signed in.
 *
 * Owners change it by signing the next household record; for everybody else it is to be read.
 */
import { mayOf } from "../identity/may.ts";
import { getPeople, getSessions } from "../identity/api.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { words } from "../words.ts";
import { PersonRow } from "./person-row.tsx";
import { ProgramList } from "./program-list.tsx";
import { SessionList } from "./session-list.tsx";
import { WaitingList } from "./waiting-list.tsx";

const { people: say } = words;
/** Somebody may be standing there with their phone. */
const everyMs = 3_000;

export function PeoplePage({ home, me }: PageProps) {
  const { clock } = home;
  const people = useAsked(getPeople, { clock, everyMs });
  const sessions = useAsked(getSessions, { clock, everyMs: 10_000 });
  const mayChange = mayOf(me.person.role).changePeople;
  const changed = (): void => {
    people.again();
    sessions.again();
  };
  return (
    <>
      <FaultNote fault={people.fault} />
      {mayChange && people.value !== null && (
        <WaitingList me={me} people={people.value} clock={clock} onChanged={changed} />
      )}
      {people.value !== null && (
        <section class="block" aria-labelledby="here">
          <h3 id="here">{say.here}</h3>
          {!mayChange && <p class="block-note">{say.readOnly}</p>}
          <ul class="cards">
            {people.value.people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                me={me}
                clock={clock}
                removable={mayChange && person.id !== me.person.id}
                onChanged={changed}
              />
            ))}
          </ul>
        </section>
      )}
      {sessions.value !== null && people.value !== null && (
        <SessionList sessions={sessions.value} people={people.value.people} onChanged={sessions.again} />
      )}
      {mayChange && sessions.value !== null && (
        <ProgramList sessions={sessions.value} onChanged={sessions.again} />
      )}
    </>
  );
}
