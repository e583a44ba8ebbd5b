/**
 * StatusStrip: how the doorbell is, in six tiles; what is wrong, above them, with what to do.
 */
import { useState } from "preact/hooks";
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { StatusDetails } from "./details.tsx";
import { ProblemLine } from "./problem-line.tsx";
import { problemsOf, type Problem } from "./problems.ts";
import { TileView } from "./tile-view.tsx";
import { tilesOf } from "./tiles.ts";

const { status: say } = words;

function Waiting() {
  return (
    <ul class="tiles" aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <li key={index} class="tile tile-waiting" />
      ))}
    </ul>
  );
}

function Summary({ problems, old }: { readonly problems: readonly Problem[]; readonly old: boolean }) {
  const level = old ? "warn" : (problems[0]?.level ?? "fine");
  const word = old ? say.old : problems.length === 0 ? say.fine : say.count(problems.length);
  return (
    <a class="status-summary" data-level={level} href={addressOf("health")}>
      <Icon name={level === "fine" ? "check" : old ? "link" : "alert"} />
      {word}
    </a>
  );
}

interface Props {
  readonly home: Home;
  /** This person may put right what is wrong with the line. */
  readonly drawsLine: boolean;
}

export function StatusStrip({ home, drawsLine }: Props) {
  const status = useStore(home.store, (model) => model.status);
  const old = useStore(home.store, (model) => model.link === "lost");
  const [detailed, setDetailed] = useState(false);
  if (status === null) {
    return (
      <section class="status" aria-label={say.title} aria-busy>
        <p class="unseen" role="status">
          {say.waiting}
        </p>
        <div class="status-head" />
        <Waiting />
      </section>
    );
  }
  const problems = problemsOf(status);
  return (
    <section class="status" aria-label={say.title} data-old={old} data-testid="status">
      <div class="status-head">
        <Summary problems={problems} old={old} />
        <button
          type="button"
          class="details-toggle"
          aria-expanded={detailed}
          onClick={() => setDetailed((before) => !before)}
        >
          {say.details}
          <Icon name={detailed ? "newer" : "older"} />
        </button>
      </div>
      <div role="status" class="problems-place">
        {problems.length > 0 && (
          <ul class="problems">
            {problems.map((problem) => (
              <ProblemLine key={problem.id} problem={problem} drawsLine={drawsLine} />
            ))}
          </ul>
        )}
      </div>
      <ul class="tiles">
        {tilesOf(status).map((tile) => (
          <TileView key={tile.id} tile={tile} />
        ))}
      </ul>
      {detailed && <StatusDetails status={status} />}
    </section>
  );
}
