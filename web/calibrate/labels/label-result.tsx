/**
 * LabelResult: in the line whose proposal was used, what became of it, and the way back.
 */
import { Fault } from "../../../hal/fault.ts";
import { FaultNote } from "../../look/fault-note.tsx";
import { Icon } from "../../look/icons.tsx";
import { words } from "../../words.ts";
import type { DraftDesk } from "../use-draft.ts";

const { labels: say } = words.calibrate;

interface Props {
  readonly desk: DraftDesk;
  /** The last save was a tap on this line. */
  readonly isTapped: boolean;
}

export function LabelResult({ desk: { saving, before, putBack }, isTapped }: Props) {
  return (
    <>
      <div role="status" class="labels-result">
        {isTapped && saving === "saved" && (
          <p class="draw-good">
            <Icon name="check" />
            {say.used}
          </p>
        )}
        {isTapped && saving === "put-back" && <p class="draw-good">{say.isBack}</p>}
      </div>
      {isTapped && saving === "saved" && before !== null && (
        <button type="button" class="button" onClick={() => void putBack()} data-testid="labels-put-back">
          <Icon name="undo" />
          {say.putBack}
        </button>
      )}
      <FaultNote fault={isTapped && saving instanceof Fault ? saving : null} />
    </>
  );
}
