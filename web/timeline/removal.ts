/**
 * Removal: deletes many events, some at a time, and can be stopped between two calls.
 *
 * Each call is whole: what it answers is gone with its recordings, the rest untouched. After a failure the same
 * again deletes the rest.
 */
import type { DeletedMany } from "../../daemon/wire/api-timeline.ts";

export interface Removing {
  readonly ids: readonly string[];
  readonly atOnce: number;
  readonly call: (ids: readonly string[]) => Promise<DeletedMany>;
  readonly signal: AbortSignal;
  /** Told how many are behind it, and which of these are gone. */
  readonly onProgress: (done: number, gone: ReadonlySet<string>) => void;
}

export type Ended = "done" | "stopped" | "failed";

export async function removeAll(
  removing: Removing,
): Promise<{ readonly ended: Ended; readonly gone: number }> {
  const { ids, atOnce, call, signal, onProgress } = removing;
  let gone = 0;
  for (let at = 0; at < ids.length; at += atOnce) {
    if (signal.aborted) return { ended: "stopped", gone };
    const part = ids.slice(at, at + atOnce);
    try {
      const { events, kept } = await call(part);
      const stays = new Set(kept.flatMap(({ id, why }) => (why === "gone" ? [] : [id])));
      gone += events;
      onProgress(at + part.length, new Set(part.filter((id) => !stays.has(id))));
    } catch {
      return { ended: "failed", gone };
    }
  }
  return { ended: "done", gone };
}
