/**
 * HealthPage: what is wrong now, since when and what to do; how each part is; what was wrong before.
 */
import type { Role } from "../../daemon/household/roles.ts";
import type { HealthLog } from "../../daemon/wire/api-health.ts";
import { mayOf } from "../identity/may.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { nearMoment, sentence } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAsked } from "../look/use-asked.ts";
import { addressOf } from "../route/route.ts";
import type { PageProps } from "../route/page-props.ts";
import { ask } from "../state/api.ts";
import { useStore } from "../state/store.ts";
import { ProblemLine } from "../status/problem-line.tsx";
import { problemsOf } from "../status/problems.ts";
import { TileView } from "../status/tile-view.tsx";
import { tilesOf } from "../status/tiles.ts";
import { words } from "../words.ts";
import { modelTile } from "./model-tile.ts";
import { lasted, standingOf, type Standing } from "./merge.ts";

const { health: say } = words;
const everyMs = 3_000;
/** Whom the self-test is for (route/pages.ts). */
const testers: ReadonlySet<Role> = new Set(["owner", "installer"]);
const getHealth = async (): Promise<HealthLog> => (await (await ask("/api/health")).json()) as HealthLog;

export function HealthPage({ home, me }: PageProps) {
  const status = useStore(home.store, (model) => model.status);
  const health = useAsked(getHealth, { clock: home.clock, everyMs });
  if (status === null || health.value === null)
    return health.fault === null ? (
      <p role="status">{words.status.waiting}</p>
    ) : (
      <FaultNote fault={health.fault} />
    );
  const { drawLine } = mayOf(me.person.role);
  const standing = standingOf(problemsOf(status), health.value.standing);
  return (
    <div class="health">
      <section class="block" aria-labelledby="health-now" data-testid="health-now">
        <h3 id="health-now">{say.nowTitle}</h3>
        {standing.length === 0 ? (
          <p class="health-well" role="status">
            <Icon name="check" />
            <span>
              <strong>{say.well}</strong> {say.wellNote(lasted(home.now() - status.startedWallMs))}
            </span>
          </p>
        ) : (
          <ul class="problems" role="status">
            {standing.map((each) => (
              <ProblemLine
                key={each.problem.id}
                problem={each.problem}
                drawsLine={drawLine}
                since={sinceOf(each, home.now())}
              />
            ))}
          </ul>
        )}
        {testers.has(me.person.role) && (
          <a class="button" href={addressOf("selftest")}>
            {say.selftest}
          </a>
        )}
      </section>
      <section class="block" aria-labelledby="health-parts">
        <h3 id="health-parts">{say.partsTitle}</h3>
        <ul class="tiles">
          {[...tilesOf(status), modelTile(status, home.now())].map((tile) => (
            <TileView key={tile.id} tile={tile} />
          ))}
        </ul>
      </section>
      <Past past={health.value.past} nowMs={home.now()} />
    </div>
  );
}

function sinceOf({ forMs }: Standing, nowMs: number): string | undefined {
  return forMs === null ? undefined : say.since(nearMoment(nowMs - forMs, nowMs), lasted(forMs));
}

function Past({ past, nowMs }: { readonly past: HealthLog["past"]; readonly nowMs: number }) {
  return (
    <section class="block" aria-labelledby="health-past" data-testid="health-past">
      <h3 id="health-past">{say.pastTitle}</h3>
      <p class="block-note">{past.length === 0 ? say.pastNone : say.pastNote}</p>
      {past.length > 0 && (
        <ul class="cards">
          {past.map(({ id, text, forMs, agoMs, times }) => (
            <li key={`${id} ${agoMs + forMs}`} class="card card-line">
              <p class="card-words">
                <strong>{sentence(text)}</strong>
                <span>
                  {[
                    say.past(nearMoment(nowMs - agoMs - forMs, nowMs), lasted(forMs)),
                    ...(times > 1 ? [say.times(times)] : []),
                  ].join(" · ")}
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
