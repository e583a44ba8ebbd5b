/**
 * ExportStep: the chosen recordings as files that play everywhere, or the list of the events alone.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { piecesOf } from "../clip/save.ts";
import { number } from "../look/format.ts";
import { saveFile } from "../look/save-file.ts";
import { getClip } from "../state/api.ts";
import { words } from "../words.ts";
import { exportClips, recordingsOf } from "./export.ts";
import type { Watchers } from "./filter.ts";
import type { Moment } from "./moment.ts";
import { csvOf, jsonOf } from "./tables.ts";

const { save: say } = words.timeline;

interface Props {
  /** Oldest first. */
  readonly moments: readonly Moment[];
  readonly watchers: Watchers;
  readonly nowMs: number;
  readonly onEnd: (text: string | null) => void;
}

export function ExportStep({ moments: chosen, watchers, nowMs, onEnd }: Props) {
  const [moments] = useState(chosen);
  const [done, setDone] = useState<number | null>(null);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);
  const count = recordingsOf(moments).length;
  const csv = (): string => csvOf(moments, watchers);
  const json = (): string => jsonOf(moments, watchers);

  const save = async (): Promise<void> => {
    setDone(0);
    try {
      const { saved, missing } = await exportClips({
        moments,
        clip: getClip,
        pieces: (clip, signal) => piecesOf(clip, { signal }),
        signal: abort.current.signal,
        onProgress: setDone,
        save: saveFile,
        lists: [
          { name: "events.csv", text: csv() },
          { name: "events.json", text: json() },
        ],
        nowMs,
      });
      onEnd([say.done(number(saved)), ...(missing > 0 ? [say.missing(number(missing))] : [])].join(" "));
    } catch {
      onEnd(abort.current.signal.aborted ? null : say.failed);
    }
  };
  if (done !== null)
    return (
      <div class="past-progress" role="status">
        <progress value={done} max={count} aria-label={say.start} />
        <p>{say.doing(number(done + 1), number(count))}</p>
        <button type="button" class="button" onClick={() => abort.current.abort()}>
          {say.stop}
        </button>
      </div>
    );
  return (
    <div class="confirm" role="group" aria-label={say.start}>
      <p>{say.note}</p>
      {count === 0 && <p class="block-note">{say.none}</p>}
      <div class="form-row">
        <button type="button" class="button button-main" disabled={count === 0} onClick={() => void save()}>
          {say.zip}
        </button>
        <button type="button" class="button" onClick={() => saveText(csv(), "text/csv", "sill-events.csv")}>
          {say.csv}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => saveText(json(), "application/json", "sill-events.json")}
        >
          {say.json}
        </button>
        <span class="stretch" />
        <button type="button" class="button" onClick={() => onEnd(null)}>
          {words.player.close}
        </button>
      </div>
    </div>
  );
}

function saveText(text: string, type: string, name: string): void {
  saveFile(new Blob([text], { type: `${type};charset=utf-8` }), name);
}
