/**
 * SaveResult: what became of what was signed: on its way, in force, or refused and why.
 */
import { Fault } from "../../hal/fault.ts";
import { percent } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { inWords } from "./outcome.ts";
import type { Line } from "./use-line.ts";

const { line: say } = words;

export function SaveResult({ line: { outcome, slow } }: { readonly line: Line }) {
  return (
    <div role="status" data-testid="result">
      {outcome !== null && <ResultWords {...{ outcome, slow }} />}
    </div>
  );
}

interface ResultProps {
  readonly outcome: NonNullable<Line["outcome"]>;
  readonly slow: boolean;
}

function ResultWords({ outcome, slow }: ResultProps) {
  if (outcome instanceof Fault) return <p class="draw-wrong">{say.refused(inWords(outcome))}</p>;
  if (outcome === "signing" || outcome.kind === "waiting")
    return <p class="draw-hint">{slow ? say.slow : say.saving}</p>;
  if (outcome.kind === "refused") return <p class="draw-wrong">{say.refused(outcome.why)}</p>;
  return (
    <p class="draw-good">
      <Icon name="check" />
      {say.inForce(String(outcome.version), percent(outcome.visibleFrac))}
    </p>
  );
}
