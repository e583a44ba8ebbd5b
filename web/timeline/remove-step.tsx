/**
 * RemoveStep: what would be deleted, how much that is, what stays and why; then doing it, with the way it goes.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { toFault, type Fault } from "../../hal/fault.ts";
import type { DeletedMany } from "../../daemon/wire/api-timeline.ts";
import { ConfirmStep } from "../look/confirm-step.tsx";
import { FaultNote } from "../look/fault-note.tsx";
import { bytes, number } from "../look/format.ts";
import { words } from "../words.ts";
import { mostAtOnce, removeSome, weigh } from "./api.ts";
import { removeAll } from "./removal.ts";

const { remove: say } = words.timeline;

interface Props {
  readonly ids: readonly string[];
  readonly onGone: (gone: ReadonlySet<string>) => void;
  /** With what to say. */
  readonly onEnd: (text: string | null) => void;
}

export function RemoveStep({ ids: chosen, onGone, onEnd }: Props) {
  const [ids] = useState(chosen); // what was asked for, while the choice shrinks
  const [would, setWould] = useState<DeletedMany | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const abort = useRef(new AbortController());
  useEffect(() => {
    weigh(ids).then(setWould, (error: unknown) => setFault(toFault(error)));
    return () => abort.current.abort();
  }, []);

  const remove = async (): Promise<void> => {
    setDone(0);
    const { ended, gone } = await removeAll({
      ids,
      atOnce: mostAtOnce,
      call: removeSome,
      signal: abort.current.signal,
      onProgress: (count, some) => {
        setDone(count);
        onGone(some);
      },
    });
    onEnd(say[ended](number(gone)));
  };
  if (fault !== null)
    return (
      <>
        <FaultNote fault={fault} />
        <button type="button" class="button" onClick={() => onEnd(null)}>
          {say.keep}
        </button>
      </>
    );
  if (done !== null)
    return (
      <div class="past-progress" role="status">
        <progress value={done} max={ids.length} aria-label={say.start} />
        <p>{say.doing(number(done), number(ids.length))}</p>
        <button type="button" class="button" onClick={() => abort.current.abort()}>
          {say.stop}
        </button>
      </div>
    );
  if (would === null) return <p role="status">{say.asking}</p>;
  const { events, clips } = would;
  const sure = events === 0 ? say.none : say.sure(number(events), number(clips), bytes(would.bytes));
  if (events === 0)
    return (
      <div class="confirm" role="group" aria-label={sure}>
        <p>{sure}</p>
        <Kept would={would} />
        <button type="button" class="button" onClick={() => onEnd(null)}>
          {say.keep}
        </button>
      </div>
    );
  return (
    <ConfirmStep
      sure={sure}
      go={say.go}
      keep={say.keep}
      onGo={() => void remove()}
      onKeep={() => onEnd(null)}
    >
      <Kept would={would} />
    </ConfirmStep>
  );
}

function Kept({ would }: { readonly would: DeletedMany }) {
  const counts = (["recording", "held", "gone"] as const)
    .map((why) => [why, would.kept.filter((each) => each.why === why).length] as const)
    .filter(([, count]) => count > 0);
  return (
    <>
      {counts.map(([why, count]) => (
        <p key={why} class="block-note">
          {say.kept[why](number(count))}
        </p>
      ))}
    </>
  );
}
