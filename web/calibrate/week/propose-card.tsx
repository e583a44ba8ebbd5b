/**
 * ProposeCard: the smallest change that silences what was marked as a false alarm, in words, for the sliders.
 *
 * Applying it changes the draft alone; it counts when it is saved.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Proposal } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { FaultNote } from "../../look/fault-note.tsx";
import { sentence } from "../../look/format.ts";
import { Icon } from "../../look/icons.tsx";
import { useAction } from "../../look/use-action.ts";
import { words } from "../../words.ts";
import { proposalOf } from "../api.ts";
import { isSame } from "../draft.ts";

const { calibrate: say } = words;

interface Props {
  readonly zones: Zones;
  readonly span: { readonly fromWallMs: number; readonly toWallMs: number };
  readonly marks: { readonly good: number; readonly false: number };
  readonly onApply: (zones: Zones) => void;
}

export function ProposeCard({ zones, span, marks, onApply }: Props) {
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const { busy, fault, run } = useAction();
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const propose = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setProposal(null);
    await run(async () => setProposal(await proposalOf({ zones, ...span }, controller.signal)));
  };
  return (
    <section class="card propose" aria-labelledby="propose-title">
      <h3 id="propose-title">{say.propose}</h3>
      <p class="block-note">
        {marks.false === 0 ? say.proposeFirst : say.proposeNote(marks.false, marks.good)}
      </p>
      <div class="form-row">
        <button
          type="button"
          class="button button-big"
          disabled={busy || marks.false === 0}
          onClick={() => void propose()}
          data-testid="propose"
        >
          <Icon name="wand" />
          {busy ? say.proposing : say.proposeGo}
        </button>
        {busy && (
          <button type="button" class="button" onClick={() => running.current?.abort()}>
            {say.cancel}
          </button>
        )}
      </div>
      <FaultNote fault={fault?.kind === "cancelled" ? null : fault} />
      <div role="status" class="proposal-place">
        {proposal !== null && <ProposalWords proposal={proposal} zones={zones} onApply={onApply} />}
      </div>
    </section>
  );
}

interface WordsProps extends Pick<Props, "zones" | "onApply"> {
  readonly proposal: Proposal;
}

function ProposalWords({ proposal, zones, onApply }: WordsProps) {
  const proposed = proposal.zones;
  const applied = proposed !== null && isSame(proposed, zones);
  return (
    <div class="proposal" data-testid="proposal">
      <ul class="proposal-words">
        {proposal.words.map((each) => (
          <li key={each}>{sentence(each)}</li>
        ))}
      </ul>
      <dl class="proposal-counts">
        {(["removes", "leaves", "keeps", "loses", "alsoVanish"] as const).map((count) => (
          <div key={count} data-count={count} data-some={proposal[count] > 0}>
            <dt>{say.proposal[count]}</dt>
            <dd>{proposal[count]}</dd>
          </div>
        ))}
      </dl>
      {proposed !== null && (
        <button
          type="button"
          class="button button-main button-big"
          disabled={applied}
          onClick={() => onApply(proposed)}
          data-testid="apply"
        >
          <Icon name="check" />
          {applied ? say.applied : say.apply}
        </button>
      )}
      {proposed !== null && <p class="draw-hint">{say.notSavedYet}</p>}
    </div>
  );
}
