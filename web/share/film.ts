/**
 * Film: a few pictures of a sealed recording, one after the other, for a strip.
 *
 * A video element that nobody sees plays nothing: for each time the piece that holds it is fetched, opened,
 * appended and sought to. Stops at the first piece that fails or when the signal says so: a strip with
 * fewer pictures is still one.
 */
import type { Clip } from "../../daemon/wire/api.ts";
import { readTrack } from "../media/boxes.ts";
import { Source, supportFor } from "../media/source.ts";
import { clipPaths, getClipBytes } from "../state/api.ts";

export interface Developing {
  /** From the clip's start, ascending. */
  readonly timesMs: readonly number[];
  readonly signal: AbortSignal;
  /** The element shows the picture of this time now, until the call returns. */
  readonly onPicture: (index: number, video: HTMLVideoElement) => void;
}

export async function developFilm(clip: Clip, { timesMs, signal, onPicture }: Developing): Promise<void> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  let appended = (): void => {};
  const broken = new AbortController();
  const source = new Source(video, { onAppended: () => appended(), onBroken: () => broken.abort() });
  const ended = AbortSignal.any([signal, broken.signal]);
  const append = async (bytes: Uint8Array): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    appended = resolve;
    source.append(bytes);
    await until(promise, ended);
  };
  try {
    source.open();
    const init = await getClipBytes(clipPaths.init(clip.id), ended);
    const codec = readTrack(init)?.codec ?? clip.codec;
    if (supportFor(codec) !== "ok") return;
    source.begin(codec);
    await append(init);
    const loaded = new Set<number>();
    for (const [index, atMs] of timesMs.entries()) {
      const piece = clip.fragments.find(({ startMs, durationMs }) => startMs + durationMs > atMs);
      if (piece === undefined) break;
      if (!loaded.has(piece.index))
        await append(await getClipBytes(clipPaths.fragment(clip.id, piece.index), ended));
      loaded.add(piece.index);
      await seek(video, Math.max(atMs, piece.startMs) / 1_000, ended);
      onPicture(index, video);
    }
  } catch (error) {
    if (!ended.aborted) throw error;
  } finally {
    source.close();
  }
}

async function seek(video: HTMLVideoElement, toS: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  video.addEventListener("seeked", () => resolve(), { once: true });
  video.currentTime = toS + 0.001; // a seek to where it is already tells nobody
  await until(promise, signal);
}

/** Throws what the signal says when that comes first. */
async function until(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.race([promise, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
