/**
 * LiveView: the door right now, through the privacy mask.
 *
 * The video element stays where it is for the life of the page; what is wrong or missing is said
 * in words over it (face.ts decides which).
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { seconds } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { FaceWords } from "./face-words.tsx";
import { faceOf } from "./face.ts";
import { createStore } from "../state/store.ts";
import type { CallDesk, CallState } from "../talk/call-desk.ts";
import { CallPicture } from "../talk/call-picture.tsx";
import { useLive, type Live } from "./use-live.ts";

const { live: say } = words;

function toggleFullscreen(element: HTMLElement | null): void {
  const done = document.fullscreenElement === null ? element?.requestFullscreen() : document.exitFullscreen();
  done?.catch(() => {}); // refused by the browser: the picture stays as it is
}

interface Props {
  readonly home: Home;
  /** Drawing the line is for this person to do. */
  readonly mayDraw: boolean;
  /** Null: this person is never in a call. */
  readonly desk: CallDesk | null;
}

const noCall = createStore({ showsPicture: false, isSlow: false });

export function LiveView({ home, mayDraw, desk }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState(true);
  const status = useStore(home.store, (model) => model.status);
  // what was seen before must not come back for a moment when it is opened
  const direct = useStore<Pick<CallState, "showsPicture" | "isSlow">, boolean>(
    desk?.state ?? noCall,
    (call) => call.showsPicture,
  );
  const isSlow = useStore<Pick<CallState, "showsPicture" | "isSlow">, boolean>(
    desk?.state ?? noCall,
    (call) => call.isSlow,
  );
  const feed = useLive(home, video, wanted && !direct && status?.privacy.closed !== true);
  const live: Live = direct
    ? { ...feed, feed: "open", playing: true, unsupported: null, delayMs: null }
    : feed;
  const face = faceOf({ ...live, wanted: wanted || direct, status, nowMs: home.clock.wallMs() });

  const shape = live.shape;
  useEffect(() => {
    if (shape !== null) frame.current?.style.setProperty("--shape", `${shape[0]} / ${shape[1]}`);
  }, [shape]);

  const isLive = face.kind === "live";
  return (
    <div class="live" ref={frame} data-face={face.kind} data-testid="live">
      <video ref={video} class="live-video" aria-label={say.label} muted playsInline tabIndex={-1} />
      {desk !== null && <CallPicture desk={desk} />}
      {face.covers && <FaceWords face={face} mayDraw={mayDraw} onResume={() => setWanted(true)} />}
      {isLive && (
        <p class="live-badge">
          <span class="live-dot" />
          {say.live}
          {direct && <span class="live-delay">{words.talk.direct}</span>}
          {isSlow && <span class="live-delay">{words.talk.slow}</span>}
          {live.delayMs !== null && (
            <span class="live-delay" title={say.behindWhy} data-testid="delay">
              {say.behind(seconds(live.delayMs))}
            </span>
          )}
        </p>
      )}
      {isLive && (
        <div class="live-buttons">
          <button
            type="button"
            class="glass"
            aria-label={say.pause}
            title={say.pause}
            onClick={() => setWanted(false)}
          >
            <Icon name="pause" />
          </button>
          {document.fullscreenEnabled && (
            <button
              type="button"
              class="glass"
              aria-label={say.fullscreen}
              title={say.fullscreen}
              onClick={() => toggleFullscreen(frame.current)}
            >
              <Icon name="expand" />
            </button>
          )}
        </div>
      )}
    </div>
  );
}
