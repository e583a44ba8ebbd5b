/**
 * Stage: the picture of the time under the playhead.
 *
 * While time moves, the recording's small picture; once it rests, the recording itself, from there. It plays on into
 * the next recording of those that are shown. Where there is none it says why.
 */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { PlayerFace } from "../clip/player-face.tsx";
import { useClip } from "../clip/use-clip.ts";
import { moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { recordingEndMs, type Recording } from "./moment.ts";
import { placeOf } from "./sorted.ts";
import type { Timeline } from "./timeline.ts";
import { usePreview } from "./use-preview.ts";
import { whatAt, type At } from "./what-at.ts";

const { timeline: say } = words;

interface Props {
  readonly home: Home;
  readonly timeline: Timeline;
  readonly videoRef: RefObject<HTMLVideoElement | null>;
}

export function Stage({ home, timeline, videoRef }: Props) {
  const rested = useStore(timeline.state, (state) => state.rested);
  const known = useStore(timeline.state, (state) => state.known);
  const at = whatAt(known, rested.atMs);
  const clipId = at.recording?.id ?? null;
  const { clip, phase, again } = useClip(home, clipId, videoRef, { autoplay: false });
  const preview = usePreview(timeline, clipId);
  const wasPlaying = useRef(false);
  const playable = clip !== null && clip.fragments.length > 0;

  // where the hand left it; what the player itself went through changes nothing
  useEffect(() => {
    const video = videoRef.current;
    if (!playable || video === null || at.recording === null) return;
    video.currentTime = Math.max(0, rested.atMs - at.recording.startWallMs) / 1000;
    if (wasPlaying.current) video.play().catch(() => {}); // without a gesture the viewer presses play
  }, [clipId, playable, rested]);

  useEffect(() => {
    const video = videoRef.current;
    if (video === null || at.recording === null) return;
    const { recording } = at;
    const abort = new AbortController();
    const on = (name: string, handler: () => void): void =>
      video.addEventListener(name, handler, { signal: abort.signal });
    let frame = 0;
    const follow = (): void => {
      if (!video.paused) timeline.played(recording.startWallMs + video.currentTime * 1000);
      frame = video.paused ? 0 : requestAnimationFrame(follow);
    };
    on("play", () => {
      wasPlaying.current = true;
      if (frame === 0) follow();
    });
    on("pause", () => {
      if (!video.ended) wasPlaying.current = false;
    });
    on("ended", () => {
      const next = nextOf(timeline, recording);
      if (next === null) wasPlaying.current = false;
      else timeline.go({ ...timeline.view.get(), atMs: next.startWallMs });
    });
    if (!video.paused) follow();
    return () => {
      cancelAnimationFrame(frame);
      abort.abort();
    };
  }, [clipId]);

  const moving = preview !== null && (preview.id !== clipId || phase === "loading");
  const face = clip !== null && clip.fragments.length === 0 ? "waiting" : phase;
  return (
    <div class="past-stage" data-empty={at.recording === null} data-testid="past-stage">
      <video ref={videoRef} muted playsInline tabIndex={-1} hidden={at.recording === null} />
      {preview?.address != null && moving && <img class="past-preview" src={preview.address} alt="" />}
      {at.recording === null ? <Empty at={at} /> : !moving && <PlayerFace phase={face} onAgain={again} />}
    </div>
  );
}

function Empty({ at }: { readonly at: At }) {
  const { gap } = at;
  const until = gap?.endWallMs == null ? null : moment(gap.endWallMs);
  return (
    <div class="live-face" data-kind={gap === null ? "wait" : "problem"} role="status">
      <Icon name={gap === null ? "door" : "noVideo"} />
      <p class="live-face-title">{gap === null ? say.nothing : say.gaps[gap.reason]}</p>
      <p class="live-face-hint">
        {gap === null ? say.nothingHint : say.gapSpan(moment(gap.startWallMs), until)}
      </p>
    </div>
  );
}

/** What is played after it, of what is shown. */
function nextOf(timeline: Timeline, recording: Recording): Recording | null {
  const { bars } = timeline.state.get().known;
  return bars[placeOf(bars, recordingEndMs(recording) - 1)] ?? null;
}
