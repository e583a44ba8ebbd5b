/**
 * SignStep: one screen that says what signing does, with "Sign and send" and "Back" of equal weight.
 */
import { isShare } from "../../daemon/consent/grant-state.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { duration, moment } from "../look/format.ts";
import type { Action } from "../look/use-action.ts";
import { words } from "../words.ts";
import { sumOf, type Part } from "./parts.ts";
import type { To } from "./recipient.ts";
import type { Source } from "./source.ts";

const { share: say } = words;

interface Props {
  readonly source: Source;
  readonly parts: readonly Part[];
  readonly to: To;
  readonly endsMs: number;
  readonly action: Action;
  readonly onSign: () => void;
  readonly onBack: () => void;
}

export function SignStep({ source, parts, to, endsMs, action, onSign, onBack }: Props) {
  const { clips, leavingMs } = sumOf(parts);
  const coolingMs = source.destinations.coolingOffS * 1_000;
  return (
    <section class="card sign-card">
      <p class="sign-what" data-testid="sign-what">
        {say.signWhat(duration(leavingMs), say.clipCount(clips), to.recipient.name)}
      </p>
      <p>{`${isShare(to) ? say.untilLink : say.until}: ${moment(endsMs)}.`}</p>
      <ul class="sign-means">
        <li>{say.signMeans}</li>
        {coolingMs > 0 && <li>{say.signCooling(duration(coolingMs))}</li>}
        <li>{say.signForGood}</li>
        <li>{say.signLedger}</li>
        {source.asked.kind === "court-order" && <li>{say.signCourt}</li>}
      </ul>
      <FaultNote fault={action.fault} />
      <div class="equal-buttons">
        <button type="button" class="button" disabled={action.busy} onClick={onBack}>
          {say.back}
        </button>
        <button type="button" class="button" disabled={action.busy} onClick={onSign} data-testid="sign">
          {action.busy ? say.signing : say.sign}
        </button>
      </div>
    </section>
  );
}
