/**
 * PreviewProgress: what is being counted, how far, and what became of it when nothing did.
 *
 * Silent while an answer takes as long as a finger's move; the first one reads a week and says how far it is.
 */
import { useEffect, useState } from "preact/hooks";
import { FaultNote } from "../../look/fault-note.tsx";
import { duration, percent } from "../../look/format.ts";
import { Icon } from "../../look/icons.tsx";
import type { Home } from "../../state/home.ts";
import { words } from "../../words.ts";
import { getProgress } from "../api.ts";
import type { Previewing } from "./use-preview.ts";

const { calibrate: say } = words;
const quietMs = 700;
const everyMs = 500;

interface Props {
  readonly home: Home;
  readonly previewing: Previewing;
}

interface Waited {
  readonly passedMs: number;
  /** Null = not told. */
  readonly doneFrac: number | null;
}

const begun: Waited = { passedMs: 0, doneFrac: null };

function useWaited(home: Home, sinceMonoMs: number | null): Waited {
  const [waited, setWaited] = useState(begun);
  useEffect(() => {
    setWaited(begun);
    if (sinceMonoMs === null) return;
    let here = true;
    const cancel = home.clock.every(everyMs, () => {
      setWaited((before) => ({ ...before, passedMs: home.clock.monoMs() - sinceMonoMs }));
      getProgress().then(
        ({ busy, doneFrac }) => here && busy && setWaited((before) => ({ ...before, doneFrac })),
        () => {}, // the answer itself will say what is wrong
      );
    });
    return () => {
      here = false;
      cancel();
    };
  }, [home, sinceMonoMs]);
  return waited;
}

export function PreviewProgress({ home, previewing }: Props) {
  const { sinceMonoMs, preview, fault, cancelled } = previewing;
  const { passedMs, doneFrac } = useWaited(home, sinceMonoMs);
  const busy = sinceMonoMs !== null;
  const slow = busy && (preview === null || passedMs > quietMs);
  return (
    <>
      <div class="week-progress" data-busy={slow} role="status">
        {slow && (
          <>
            <span class="spinner" aria-hidden="true" />
            <p>{preview === null ? say.firstLook : say.looking}</p>
            {/* not read out at every step */}
            <span class="week-passed" aria-hidden="true">
              {doneFrac === null ? passedMs >= 1_000 && duration(passedMs) : percent(doneFrac)}
            </span>
            <button type="button" class="button" onClick={previewing.cancel}>
              {say.cancel}
            </button>
          </>
        )}
      </div>
      {!busy && (fault !== null || cancelled) && (
        <div class="week-fault">
          {cancelled && <p class="draw-hint">{say.cancelled}</p>}
          <FaultNote fault={fault} />
          <button type="button" class="button" onClick={previewing.again}>
            <Icon name="again" />
            {say.again}
          </button>
        </div>
      )}
    </>
  );
}
