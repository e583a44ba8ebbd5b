/**
 * ForgetButton: throws this browser's key away, after a second look.
 */
import { useState } from "preact/hooks";
import type { Access } from "../identity/access.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";

const { forget: say } = words.enter;

export function ForgetButton({ access }: { readonly access: Pick<Access, "forget"> }) {
  const [sure, setSure] = useState(false);
  const { busy, fault, run } = useAction();
  if (!sure) {
    return (
      <button type="button" class="button button-wide" onClick={() => setSure(true)}>
        {say.forget}
      </button>
    );
  }
  return (
    <div class="confirm" role="group" aria-label={say.forget}>
      <p>{say.warning}</p>
      <FaultNote fault={fault} />
      <div class="form-row">
        <button type="button" class="button" onClick={() => setSure(false)}>
          {say.keep}
        </button>
        <span class="stretch" />
        <button
          type="button"
          class="button button-danger"
          disabled={busy}
          onClick={() => void run(() => access.forget())}
        >
          {say.sure}
        </button>
      </div>
    </div>
  );
}
