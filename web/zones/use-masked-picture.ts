/**
 * useMaskedPicture: one frame of the live picture to draw on: masked by construction.
 *
 * Watches live until a frame is on the screen, keeps a copy and stops watching, so that the
 * doorbell makes no live pictures for somebody who draws. `again` takes a newer one. While the mask
 * covers everything (`blind`) it waits: nobody can draw on black.
 */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Picture, pictureOf } from "../drawing/picture.ts";
import type { Live } from "../live/use-live.ts";
import { useLive } from "../live/use-live.ts";
import type { Home } from "../state/home.ts";

export interface MaskedPicture {
  readonly picture: Picture | null;
  readonly live: Live;
  readonly wanted: boolean;
  readonly again: () => void;
}

const lookEveryMs = 100;

export function useMaskedPicture(
  home: Home,
  video: RefObject<HTMLVideoElement | null>,
  blind: boolean,
): MaskedPicture {
  const [picture, setPicture] = useState<Picture | null>(null);
  const [wanted, setWanted] = useState(true);
  const live = useLive(home, video, wanted);
  useEffect(() => {
    if (!wanted || blind || !live.playing) return;
    return home.clock.every(lookEveryMs, () => {
      const taken = frameOf(video.current);
      if (taken === null) return;
      setPicture(taken);
      setWanted(false);
    });
  }, [home, video, wanted, blind, live.playing]);
  return { picture, live, wanted, again: () => setWanted(true) };
}

function frameOf(video: HTMLVideoElement | null): Picture | null {
  if (video === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const size = { width: video.videoWidth, height: video.videoHeight };
  return size.width === 0 ? null : pictureOf(video, size);
}
