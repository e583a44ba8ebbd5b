/**
 * useLive: the live picture in a video element while it is wanted and somebody can see it.
 *
 * A hidden tab closes the feed after a moment (the doorbell then stops making live pictures) and
 * coming back opens it again.
 */
import { useLayoutEffect, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { decodeLive } from "../../daemon/wire/live.ts";
import type { Home } from "../state/home.ts";
import { canPlay } from "../media/source.ts";
import { socketUrl } from "../state/api.ts";
import { openFeed } from "./feed.ts";
import type { Feed, FeedState } from "./feed.ts";
import { Screen } from "./screen.ts";
import { useVisible } from "./use-visible.ts";

export interface Live {
  readonly feed: FeedState;
  readonly playing: boolean;
  readonly unsupported: "none" | "undecodable" | null;
  readonly delayMs: number | null;
  readonly shape: readonly [width: number, height: number] | null;
}

const start: Live = { feed: "connecting", playing: false, unsupported: null, delayMs: null, shape: null };
const delayEveryMs = 500;

export function useLive(home: Home, videoRef: RefObject<HTMLVideoElement | null>, wanted: boolean): Live {
  const [live, setLive] = useState(start);
  const on = useVisible(home) && wanted;
  // before the first paint: the socket opens while the browser draws
  useLayoutEffect(() => {
    const video = videoRef.current;
    if (!on || video === null) return;
    const change = (part: Partial<Live>): void =>
      setLive((before) => {
        const same = (Object.keys(part) as (keyof Live)[]).every((key) => before[key] === part[key]);
        return same ? before : { ...before, ...part };
      });
    let feed: Feed | null = null;
    const screen = new Screen(video, {
      clock: home.clock,
      onBroken: () => feed?.restart(),
      onUnsupported: (unsupported) => change({ unsupported }),
      onShape: (width, height) => change({ shape: [width, height], unsupported: null }),
    });
    setLive(start);
    if (canPlay()) screen.open();
    else change({ unsupported: "none" });
    feed = openFeed({
      url: socketUrl("/api/live"),
      clock: home.clock,
      onUnit: (bytes) => {
        const unit = decodeLive(bytes);
        screen.show(unit);
        return unit.kind !== "init";
      },
      onState: (state) => change(state === "open" ? { feed: state } : { feed: state, delayMs: null }),
    });
    const played = (): void => {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !video.seeking) change({ playing: true });
    };
    const emptied = (): void => change({ playing: false, delayMs: null });
    const heard = new AbortController();
    for (const name of ["loadeddata", "playing", "seeked", "timeupdate"]) {
      video.addEventListener(name, played, { signal: heard.signal });
    }
    video.addEventListener("emptied", emptied, { signal: heard.signal });
    const cancel = home.clock.every(delayEveryMs, () => change({ delayMs: screen.delayMs(home.now()) }));
    return () => {
      cancel();
      heard.abort();
      feed?.close();
      screen.close();
    };
  }, [home, on]);
  return live;
}
