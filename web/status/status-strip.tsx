/**
 * StatusStrip: how the doorbell is, in six tiles; what is wrong, above them, with what to do.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../look/icons.tsx";
import { addressOf } from "../route/route.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { StatusDetails } from "./details.tsx";
import type { Problem } from "./problems.ts";
import { problemsOf } from "./problems.ts";
import type { Tile } from "./tiles.ts";
import { tilesOf } from "./tiles.ts";

const { status: say } = words;

/** What stands between backticks in a hint is to be typed. */
function ProblemLine({ problem, drawsLine }: { readonly problem: Problem; readonly drawsLine: boolean }) {
  const { cure } = problem;
  return (
    <li class="problem" data-level={problem.level}>
      <Icon name="alert" />
      <div>
        <p class="problem-title">{problem.title}</p>
        <p>{problem.hint.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</p>
        {cure !== undefined && drawsLine && (
          <a class="button problem-cure" href={addressOf(cure.page)}>
            {cure.word}
          </a>
        )}
      </div>
    </li>
  );
}

function Bar({ frac }: { readonly frac: number }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => bar.current?.style.setProperty("--frac", String(frac)), [frac]);
  return <span class="tile-bar" ref={bar} />;
}

function TileView({ tile }: { readonly tile: Tile }) {
  return (
    <li class="tile" data-level={tile.level} data-tile={tile.id}>
      <Icon name={tile.icon} class="tile-icon" />
      <p class="tile-label">{tile.label}</p>
      <p class="tile-value">{tile.value}</p>
      {tile.frac !== undefined && <Bar frac={tile.frac} />}
      <p class="tile-note">{tile.note}</p>
    </li>
  );
}

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
    <p class="status-summary" data-level={level}>
      <Icon name={level === "fine" ? "check" : old ? "link" : "alert"} />
      {word}
    </p>
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
