/**
 * ClipEditor: one recording, played, with the seconds of it that are to leave.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Clip } from "../../daemon/wire/api.ts";
import { ClipPlayer, type ClipPhase } from "../clip/clip-player.ts";
import { togglePlay, usePlaying } from "../clip/use-playing.ts";
import { PlayerFace } from "../clip/player-face.tsx";
import { playableMs } from "../clip/plan.ts";
import { duration, exactTime } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";
import { leavingSpan, piecesIn } from "./parts.ts";
import { endAt, lengthOf, startAt, type Span } from "./span.ts";
import { TrimStrip } from "./trim-strip.tsx";

const { share: say, player: sayPlayer } = words;

interface Props {
  readonly clip: Clip;
  readonly bounds: Span;
  readonly span: Span | null;
  readonly onSpan: (span: Span | null) => void;
}

export function ClipEditor({ clip, bounds, span, onSpan }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const { phase, again } = usePlayer(clip, video, bounds.fromMs);
  const state = usePlaying(video, clip.id);
  const nowMs = (): number => (video.current?.currentTime ?? 0) * 1_000;
  const isWhole = bounds.fromMs === 0 && bounds.toMs === playableMs(clip);
  return (
    <div class="clip-editor">
      <div class="player-stage">
        <video ref={video} muted playsInline tabIndex={-1} onClick={() => togglePlay(video.current)} />
        <PlayerFace phase={phase} onAgain={again} />
      </div>
      <TrimStrip clip={clip} bounds={bounds} span={span} videoRef={video} onSpan={onSpan} />
      <div class="trim-controls">
        <button
          type="button"
          class="button"
          disabled={phase !== "ready"}
          onClick={() => togglePlay(video.current)}
        >
          <Icon name={state === "playing" ? "pause" : "play"} />
          {state === "playing" ? sayPlayer.pause : sayPlayer.play}
        </button>
        <button type="button" class="button" onClick={() => onSpan(startAt(span, nowMs(), bounds))}>
          {say.startHere}
        </button>
        <button type="button" class="button" onClick={() => onSpan(endAt(span, nowMs(), bounds))}>
          {say.endHere}
        </button>
        <button type="button" class="button" onClick={() => onSpan(bounds)}>
          {isWhole ? say.whole : say.wholeWindow}
        </button>
      </div>
      <Honest clip={clip} span={span} />
      {!isWhole && <p class="block-note">{say.outside}</p>}
    </div>
  );
}

/** What leaves for what was chosen, when that is not the same. */
function Honest({ clip, span }: { readonly clip: Clip; readonly span: Span | null }) {
  if (span === null) return <p class="block-note">{say.hint}</p>;
  const chosenMs = lengthOf(span);
  const leavingMs = lengthOf(leavingSpan({ fragments: piecesIn(clip, span) }));
  const same = duration(leavingMs) === duration(chosenMs);
  return (
    <p class="trim-words" aria-live="polite" data-testid="honest">
      <strong>
        {say.span(exactTime(clip.startWallMs + span.fromMs), exactTime(clip.startWallMs + span.toMs))}
      </strong>
      <span>
        {same ? say.exact(duration(chosenMs)) : say.pieces(duration(leavingMs), duration(chosenMs))}
      </span>
    </p>
  );
}

function usePlayer(
  clip: Clip,
  video: { readonly current: HTMLVideoElement | null },
  fromMs: number,
): { readonly phase: ClipPhase; readonly again: () => void } {
  const [phase, setPhase] = useState<ClipPhase>("loading");
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (video.current === null) return;
    setPhase("loading");
    const player = new ClipPlayer(video.current, clip, { onPhase: setPhase, autoplay: false, fromMs });
    player.start();
    return () => player.close();
  }, [clip.id, attempt]);
  return { phase, again: () => setAttempt((count) => count + 1) };
}
