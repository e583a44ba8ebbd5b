/**
 * Save: one recording as a file on the viewer's disk, opened on the way.
 *
 * Pieces are fetched and opened one after the other; what is saved is an ordinary MP4 that needs
 * no key any more. Throws as `getClipBytes`; then nothing is saved.
 */
import type { Clip } from "../../daemon/wire/api.ts";
import { clipPaths, getClip, getClipBytes } from "../state/api.ts";
import { saveFile } from "../look/save-file.ts";

export interface Saving {
  readonly name: string;
  readonly signal: AbortSignal;
  /** Told the share that is done, 0..1. */
  readonly onProgress: (frac: number) => void;
}

export async function saveClip(id: string, saving: Saving): Promise<void> {
  const clip = await getClip(id, saving.signal);
  const pieces = await piecesOf(clip, saving);
  saveFile(new Blob(pieces, { type: "video/mp4" }), saving.name);
}

/** All of a clip, opened, the init segment first: one after the other they are an MP4 file. */
export async function piecesOf(
  clip: Clip,
  { signal, onProgress = () => {} }: Pick<Saving, "signal"> & Partial<Pick<Saving, "onProgress">>,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const paths = [
    clipPaths.init(clip.id),
    ...clip.fragments.map(({ index }) => clipPaths.fragment(clip.id, index)),
  ];
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (const path of paths) {
    pieces.push(await getClipBytes(path, signal));
    onProgress(pieces.length / paths.length);
  }
  return pieces;
}
