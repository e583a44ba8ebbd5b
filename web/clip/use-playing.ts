/**
 * UsePlaying: what a video element is doing, kept in step with its events; and the one button that changes it.
 */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

export type Playing = "playing" | "paused" | "ended";

/** `clip`: another one is another playback. */
export function usePlaying(videoRef: RefObject<HTMLVideoElement | null>, clip: string | null): Playing {
  const [state, setState] = useState<Playing>("paused");
  useEffect(() => {
    const video = videoRef.current;
    if (video === null) return;
    const abort = new AbortController();
    const look = (): void => setState(video.ended ? "ended" : video.paused ? "paused" : "playing");
    for (const name of ["play", "pause", "ended", "emptied", "seeked"]) {
      video.addEventListener(name, look, { signal: abort.signal });
    }
    look();
    return () => abort.abort();
  }, [clip]);
  return state;
}

export function togglePlay(video: HTMLVideoElement | null): void {
  if (video === null) return;
  if (!video.paused && !video.ended) return video.pause();
  if (video.ended) video.currentTime = 0;
  video.play().catch(() => {}); // nothing to play yet
}
