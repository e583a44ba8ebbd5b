/**
 * WaitingList: who asks to be let in, each with the number that their own screen must show.
 *
 * The number is counted here from the keys that would be signed; the doorbell's own count is not
 * looked at.
 */
import { useState } from "preact/hooks";
import { checkNumber } from "../../daemon/identity/check-number.ts";
import { roles, type Role } from "../../daemon/household/roles.ts";
import type { Join, People } from "../../daemon/wire/api-household.ts";
import type { Clock } from "../../hal/sensors.ts";
import { refuseJoin } from "../identity/api.ts";
import type { Me } from "../identity/me.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { clockTime } from "../look/format.ts";
import { RoleChoice } from "../look/role-choice.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { letIn, rolesFor } from "./sign-record.ts";

const { people: say } = words;

interface Props {
  readonly me: Me;
  readonly people: People;
  readonly clock: Clock;
  readonly onChanged: () => void;
}

export function WaitingList({ me, people, clock, onChanged }: Props) {
  return (
    <section class="block" aria-labelledby="waiting">
      <h3 id="waiting">{say.waiting}</h3>
      <p class="block-note">{people.waiting.length === 0 ? say.nobodyWaits : say.waitingNote}</p>
      <ul class="cards" aria-live="polite">
        {people.waiting.map((join) => (
          <WaitingRow key={join.id} join={join} me={me} clock={clock} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly join: Join;
  readonly me: Me;
  readonly clock: Clock;
  readonly onChanged: () => void;
}

function WaitingRow({ join, me, clock, onChanged }: RowProps) {
  const [role, setRole] = useState<Role>(join.role);
  const [same, setSame] = useState(false);
  const { busy, fault, run } = useAction();
  const check = checkNumber(join);
  const act = async (work: () => Promise<void>): Promise<void> => {
    if (await run(work)) onChanged();
  };
  return (
    <li class="card" data-waiting={join.name}>
      <p class="card-words">
        <strong>{join.name}</strong>
        <span>{`${say.wants(say.roles[join.role].name)} · ${say.asked(clockTime(join.askedWallMs))}`}</span>
      </p>
      <p class="check-number" aria-label={`${say.check} ${check}`}>
        {`${check.slice(0, 3)} ${check.slice(3)}`}
      </p>
      <RoleChoice label={say.role} among={rolesFor(join, roles)} role={role} onRole={setRole} />
      <label class="tick">
        <input
          type="checkbox"
          checked={same}
          onChange={({ currentTarget }) => setSame(currentTarget.checked)}
        />
        {say.checkSame}
      </label>
      <FaultNote fault={fault} />
      <div class="form-row">
        <button
          type="button"
          class="button"
          disabled={busy}
          onClick={() => void act(() => refuseJoin(join.id))}
        >
          {say.refuse}
        </button>
        <span class="stretch" />
        <button
          type="button"
          class="button button-main"
          disabled={busy || !same}
          onClick={() => void act(() => letIn(join, role, { me, wallMs: clock.wallMs() }))}
        >
          {say.letIn(join.name)}
        </button>
      </div>
    </li>
  );
}
