/**
 * useClip: what is known of a clip, and its playback on a video element.
 *
 * The clip is asked for once and then follows the notices. `again` starts over after a failure.
 */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Clip } from "../../daemon/wire/api.ts";
import { Fault } from "../../hal/fault.ts";
import { getClip } from "../state/api.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { ClipPlayer } from "./clip-player.ts";
import type { ClipPhase } from "./clip-player.ts";

export interface ClipInUse {
  readonly clip: Clip | null;
  readonly phase: ClipPhase;
  readonly again: () => void;
}

export function useClip(
  home: Home,
  id: string | null,
  videoRef: RefObject<HTMLVideoElement | null>,
  { autoplay = true }: { readonly autoplay?: boolean } = {},
): ClipInUse {
  const told = useStore(home.store, (model) => (id === null ? null : (model.clips.get(id) ?? null)));
  const [asked, setAsked] = useState<Clip | null>(null);
  const [phase, setPhase] = useState<ClipPhase>("loading");
  const [attempt, setAttempt] = useState(0);
  const player = useRef<ClipPlayer | null>(null);
  const known = told ?? asked;
  const clip = known?.id === id ? known : null;
  const playable = clip !== null && clip.fragments.length > 0;

  useEffect(() => {
    setPhase("loading");
    if (id === null) return;
    const abort = new AbortController();
    getClip(id, abort.signal).then(setAsked, (error: unknown) => {
      if (abort.signal.aborted) return;
      setPhase(error instanceof Fault && error.kind === "not-found" ? "gone" : "failed");
    });
    return () => abort.abort();
  }, [id, attempt]);

  useEffect(() => {
    const video = videoRef.current;
    if (!playable || clip === null || video === null) return;
    const made = new ClipPlayer(video, clip, { onPhase: setPhase, autoplay });
    player.current = made;
    made.start();
    return () => {
      player.current = null;
      made.close();
    };
  }, [id, playable, attempt]);

  useEffect(() => {
    if (clip !== null) player.current?.update(clip);
  }, [clip]);

  return { clip, phase, again: () => setAttempt((count) => count + 1) };
}
