/**
 * CallPicture: the direct picture of a call, over the one of before, once it plays.
 */
import { useEffect, useRef } from "preact/hooks";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import type { CallDesk } from "./call-desk.ts";

export function CallPicture({ desk }: { readonly desk: CallDesk }) {
  const video = useRef<HTMLVideoElement>(null);
  const picture = useStore(desk.state, (call) => call.picture);
  const shows = useStore(desk.state, (call) => call.showsPicture);
  useEffect(() => {
    const element = video.current;
    if (element === null || picture === null) return;
    element.srcObject = picture;
    element.play().catch(() => {}); // its absence is told after a moment
    return () => {
      element.srcObject = null;
    };
  }, [picture]);
  if (picture === null) return null;
  return (
    <video
      ref={video}
      class="live-video live-call"
      data-shows={shows}
      data-testid="call-picture"
      aria-label={words.talk.picture}
      muted
      playsInline
      tabIndex={-1}
      onPlaying={() => desk.shown()}
    />
  );
}
