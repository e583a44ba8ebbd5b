/**
 * Prepare: every file that will leave, handed on to its recipient: new headers and hashes.
 *
 * Each sealed file is fetched, its header opened and written anew in the worker, and its bytes are
 * dropped again: what is kept is some 300 bytes a file. The next file is on its way while one is
 * worked on. `known` holds what is done already for this recipient; it grows, so that who goes back to
 * change a second does not wait again.
 *
 * Throws as the request and the worker do: `not-found` (deleted meanwhile), `denied`, `corrupt`.
 */
import type { Rewrapped } from "../open/age.ts";
import { clipPaths } from "../state/api.ts";
import type { Part } from "./parts.ts";

/** Path of the API -> what leaves for it. */
export type Prepared = ReadonlyMap<string, Rewrapped>;

export interface Preparing {
  readonly known: Map<string, Rewrapped>;
  readonly signal: AbortSignal;
  readonly fetchSealed: (path: string, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;
  readonly rewrap: (sealed: Uint8Array<ArrayBuffer>) => Promise<Rewrapped>;
  /** Files done, of all. */
  readonly onProgress: (done: number, all: number) => void;
}

/** Of each clip the init segment, then its chosen fragments: the order in which they leave. */
export function pathsOf({ clip, fragments }: Part): string[] {
  return [clipPaths.init(clip.id), ...fragments.map(({ index }) => clipPaths.fragment(clip.id, index))];
}

export async function prepare(parts: readonly Part[], preparing: Preparing): Promise<void> {
  const { known, signal, fetchSealed, rewrap, onProgress } = preparing;
  const paths = parts.flatMap(pathsOf);
  const missing = paths.filter((path) => !known.has(path));
  let done = paths.length - missing.length;
  onProgress(done, paths.length);
  let coming = load(missing[0]);
  for (const [i, path] of missing.entries()) {
    const sealed = await coming;
    coming = load(missing[i + 1]);
    if (sealed === null) break;
    known.set(path, await rewrap(sealed));
    signal.throwIfAborted();
    done += 1;
    onProgress(done, paths.length);
  }

  /** Null at the end. What fails is thrown by who waits for it, not by who asked ahead. */
  function load(path: string | undefined): Promise<Uint8Array<ArrayBuffer> | null> {
    const loading = path === undefined ? Promise.resolve(null) : fetchSealed(path, signal);
    loading.catch(() => {});
    return loading;
  }
}
