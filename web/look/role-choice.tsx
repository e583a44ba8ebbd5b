/**
 * RoleChoice: one of the roles, each with what it may do in plain words.
 */
import { useId } from "preact/hooks";
import type { Role } from "../../daemon/household/roles.ts";
import { words } from "../words.ts";

interface Props {
  readonly label: string;
  readonly among: readonly Role[];
  readonly role: Role;
  readonly onRole: (role: Role) => void;
}

export function RoleChoice({ label, among, role, onRole }: Props) {
  const name = useId();
  return (
    <fieldset class="roles">
      <legend>{label}</legend>
      {among.map((each) => (
        <label key={each} class="role" data-chosen={each === role}>
          <input
            type="radio"
            name={name}
            value={each}
            checked={each === role}
            onChange={() => onRole(each)}
          />
          <span>
            <strong>{words.people.roles[each].name}</strong>
            {words.people.roles[each].can}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
