/**
 * JoinForm: a name and what somebody wants to be here; an owner decides.
 */
import { useState } from "preact/hooks";
import { roles, type Role } from "../../daemon/household/roles.ts";
import type { Access } from "../identity/access.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Field } from "../look/field.tsx";
import { RoleChoice } from "../look/role-choice.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";

const { join: say } = words.enter;

interface Props {
  readonly access: Access;
  readonly onBack: () => void;
}

export function JoinForm({ access, onBack }: Props) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("member");
  const { busy, fault, run } = useAction();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void run(() => access.join({ name: name.trim(), role }));
  };
  return (
    <form class="form" onSubmit={submit}>
      <Field
        label={words.enter.pair.yourName}
        value={name}
        onValue={setName}
        note={say.nameNote}
        autoComplete="given-name"
        maxLength={60}
      />
      <RoleChoice label={say.role} among={roles} role={role} onRole={setRole} />
      <FaultNote fault={fault} />
      <div class="form-row">
        <button type="button" class="button" onClick={onBack}>
          {words.enter.back}
        </button>
        <span class="stretch" />
        <button type="submit" class="button button-main" disabled={busy || name.trim() === ""}>
          {say.submit}
        </button>
      </div>
    </form>
  );
}
