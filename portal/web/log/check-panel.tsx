/**
 * CheckPanel: "check it yourself" beside a request: one button, and what came out.
 */
import { useState } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { getPortal } from "../ask/public.ts";
import { words } from "../words.ts";
import { CheckList } from "./check-list.tsx";
import { checkEntry, type CheckedEntry } from "./check.ts";
import { readOwnLog } from "./read-log.ts";
import { browserKept, checkGrown, type Seen } from "./seen.ts";
import { vouchedName } from "./vouched.ts";

const { check: say } = words;

interface Props {
  readonly index: number;
  readonly hash: string;
  /** The signed profile of the agency that should have signed it; null = the registrar should have. */
  readonly profile: unknown;
}

interface Outcome {
  readonly entry: CheckedEntry;
  readonly vouched: string | null;
  readonly seen: Seen | null;
  readonly logKey: string;
}

async function look({ index, hash, profile }: Props): Promise<Outcome> {
  const { logKey, registrarKey } = await getPortal();
  const entry = await checkEntry(readOwnLog, { index, logKey, sha256: hash });
  const { signKey, checkpoint } = entry;
  if (profile === null && signKey !== registrarKey)
    throw new Fault("denied", "this is not signed by the registrar's key");
  const vouched = profile === null ? null : vouchedName({ signKey, profile, registrarKey });
  const seen = await checkGrown(readOwnLog, browserKept, { checkpoint, logKey, nowMs: systemClock.wallMs() });
  return { entry, vouched, seen, logKey };
}

export function CheckPanel(props: Props) {
  const action = useAction();
  const [checked, setChecked] = useState<Outcome | null>(null);
  const check = async (): Promise<void> => setChecked(await look(props));
  return (
    <section class="panel" aria-label={say.title}>
      <h2>{say.title}</h2>
      <p class="notice-soft">{say.what}</p>
      <div role="status" class="checked">
        {checked !== null && (
          <>
            <CheckList checked={checked.entry} vouched={checked.vouched} seen={checked.seen} />
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
