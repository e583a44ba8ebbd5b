/**
 * usePreview: the small picture of the recording under the playhead, while time moves.
 *
 * One is fetched at a time and the latest that is wanted comes next: a fast drag over a thousand recordings asks for
 * a few.
 */
import { useEffect, useState } from "preact/hooks";
import { pictures } from "../events/use-picture.ts";
import { clipPaths } from "../state/api.ts";
import type { Recording } from "./moment.ts";
import type { Timeline } from "./timeline.ts";

export interface Preview {
  /** Of the recording. */
  readonly id: string;
  /** Null = it has none. */
  readonly address: string | null;
}

/** `restedId` is looked at again: its picture may have come meanwhile. */
export function usePreview(timeline: Timeline, restedId: string | null): Preview | null {
  const [shown, setShown] = useState<Preview | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    let wanted: Recording | null = null;
    let busy = false;
    let last: string | null = null;
    const load = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      for (let next = wanted; next !== null && !abort.signal.aborted; next = wanted) {
        const { id, thumbnail } = next;
        const address = thumbnail ? await pictures.address(clipPaths.thumbnail(id)).catch(() => null) : null;
        if (abort.signal.aborted) return;
        setShown({ id, address });
        if (wanted === next) wanted = null;
      }
      busy = false;
    };
    const look = (): void => {
      const under = timeline.under(timeline.view.get().atMs);
      if ((under?.id ?? null) === last) return;
      last = under?.id ?? null;
      wanted = under;
      if (under === null) setShown(null);
      else void load();
    };
    look();
    const off = timeline.view.on(look);
    return () => {
      abort.abort();
      off();
    };
  }, [timeline, restedId]);
  return shown;
}
