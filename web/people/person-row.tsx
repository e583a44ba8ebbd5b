/**
 * PersonRow: one person of the house, and the way to remove them, with what that means.
 */
import { useState } from "preact/hooks";
import type { WhoAmI } from "../../daemon/wire/api-household.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Me } from "../identity/me.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { removePerson } from "./sign-record.ts";

const { people: say } = words;

interface Props {
  readonly person: WhoAmI["person"];
  readonly me: Me;
  readonly clock: Clock;
  readonly removable: boolean;
  readonly onChanged: () => void;
}

export function PersonRow({ person, me, clock, removable, onChanged }: Props) {
  const [asking, setAsking] = useState(false);
  const role = say.roles[person.role];
  return (
    <li class="card" data-person={person.name}>
      <div class="card-line">
        <span class="initial" aria-hidden="true">
          {person.name.slice(0, 1).toUpperCase()}
        </span>
        <p class="card-words">
          <strong>
            {person.name}
            {person.id === me.person.id && <span class="chip">{say.you}</span>}
          </strong>
          <span>{`${role.name}. ${role.can}`}</span>
        </p>
        {removable && !asking && (
          <button
            type="button"
            class="button"
            aria-label={say.removeLabel(person.name)}
            onClick={() => setAsking(true)}
          >
            {say.remove}
          </button>
        )}
      </div>
      {asking && (
        <RemoveQuestion
          person={person}
          remove={() => removePerson(person.id, { me, wallMs: clock.wallMs() })}
          onRemoved={onChanged}
          onKeep={() => setAsking(false)}
        />
      )}
    </li>
  );
}

interface QuestionProps {
  readonly person: WhoAmI["person"];
  readonly remove: () => Promise<void>;
  readonly onRemoved: () => void;
  readonly onKeep: () => void;
}

function RemoveQuestion({ person, remove, onRemoved, onKeep }: QuestionProps) {
  const { busy, fault, run } = useAction();
  const sure = async (): Promise<void> => {
    if (await run(remove)) onRemoved();
  };
  return (
    <div class="confirm" role="group" aria-label={say.removeSure(person.name)}>
      <p>
        <strong>{say.removeSure(person.name)}</strong> {say.removeNote}
      </p>
      <FaultNote fault={fault} />
      <div class="form-row">
        <button type="button" class="button" onClick={onKeep}>
          {say.keep}
        </button>
        <span class="stretch" />
        <button type="button" class="button button-danger" disabled={busy} onClick={() => void sure()}>
          {say.removeDo}
        </button>
      </div>
    </div>
  );
}
