/**
 * CheckPanel: "check it yourself" beside a request: one button, and what came out.
 */
import { useState } from "preact/hooks";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { getPortal } from "../ask/public.ts";
import { words } from "../words.ts";
import { CheckList } from "./check-list.tsx";
import { checkEntry, type CheckedEntry } from "./check.ts";
import { readOwnLog } from "./read-log.ts";

const { check: say } = words;

export function CheckPanel({ index, hash }: { readonly index: number; readonly hash: string }) {
  const action = useAction();
  const [checked, setChecked] = useState<{ readonly entry: CheckedEntry; readonly logKey: string } | null>(
    null,
  );
  const check = async (): Promise<void> => {
    const { logKey } = await getPortal();
    setChecked({ entry: await checkEntry(readOwnLog, { index, logKey, sha256: hash }), logKey });
  };
  return (
    <section class="panel" aria-label={say.title}>
      <h2>{say.title}</h2>
      <p class="notice-soft">{say.what}</p>
      <div role="status" class="checked">
        {checked !== null && (
          <>
            <CheckList checked={checked.entry} />
            <p>
              <strong>{say.good}</strong>
            </p>
            <p class="notice-soft">
              {say.key}: <span class="code">{checked.logKey}</span>
            </p>
            <p class="notice-soft">{say.keyNote}</p>
          </>
        )}
      </div>
      <FaultNote fault={action.fault} />
      {checked === null && (
        <div>
          <button
            type="button"
            class="button"
            disabled={action.busy}
            onClick={() => void action.run(check)}
            data-testid="check"
          >
            <Icon name="shield" />
            {action.busy ? say.running : say.run}
          </button>
        </div>
      )}
    </section>
  );
}
