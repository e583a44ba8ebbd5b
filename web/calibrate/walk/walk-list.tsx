/**
 * WalkList: walks that were taken, newest first: their answer, their report, deleting them.
 */
import { useState } from "preact/hooks";
import { ConfirmStep } from "../../look/confirm-step.tsx";
import { FaultNote } from "../../look/fault-note.tsx";
import { moment } from "../../look/format.ts";
import { Icon } from "../../look/icons.tsx";
import { useAction } from "../../look/use-action.ts";
import type { Asked } from "../../look/use-asked.ts";
import { words } from "../../words.ts";
import { deleteWalk, type WalkLine } from "../api.ts";
import { WalkFiles } from "./walk-result.tsx";

const { calibrate: say } = words;

interface Props {
  readonly walks: Asked<readonly WalkLine[]>;
}

export function WalkList({ walks }: Props) {
  const { busy, fault, run } = useAction();
  const [going, setGoing] = useState<string | null>(null);
  const remove = async (id: string): Promise<void> => {
    setGoing(null);
    if (await run(() => deleteWalk(id))) walks.again();
  };
  return (
    <section class="block" aria-labelledby="walks">
      <h3 id="walks">{say.walks}</h3>
      <FaultNote fault={walks.fault ?? fault} />
      {walks.value?.length === 0 && <p class="block-note">{say.noWalks}</p>}
      <ul class="cards">
        {walks.value?.map((walk) => (
          <li key={walk.id} class="card walk-card" data-walk={walk.id} data-seen={walk.seen}>
            <div class="card-line">
              <span class="walk-sign" data-seen={walk.seen}>
                <Icon name={walk.seen ? "eye" : "eyeOff"} />
              </span>
              <p class="card-words">
                <strong>{walk.name}</strong>
                <span>
                  {walk.seen ? say.sights.seen : say.sights.unseen}
                  {walk.delayMs !== null && `, ${say.after(walk.delayMs)}`}
                </span>
                <span>{say.walkBy(walk.by, moment(walk.fromWallMs))}</span>
              </p>
            </div>
            <div class="walk-card-acts">
              <WalkFiles id={walk.id} name={walk.name} />
              {going !== walk.id && (
                <button
                  type="button"
                  class="button button-icon button-big"
                  aria-label={say.removeWalk(walk.name)}
                  title={say.removeWalk(walk.name)}
                  disabled={busy}
                  onClick={() => setGoing(walk.id)}
                >
                  <Icon name="trash" />
                </button>
              )}
            </div>
            {going === walk.id && (
              <ConfirmStep
                sure={say.removeWalkSure}
                go={say.removeWalkGo}
                keep={say.keepWalk}
                onGo={() => void remove(walk.id)}
                onKeep={() => setGoing(null)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
