/**
 * PlayerControls: play, speed, neighbours, download, delete, under the picture of a clip.
 */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { number } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { words } from "../words.ts";

const { player: say } = words;
const speeds = [1, 2, 0.5] as const;

/** What the video element is doing, kept in step with its events. */
export function usePlaying(
  videoRef: RefObject<HTMLVideoElement | null>,
  clip: string | null,
): "playing" | "paused" | "ended" {
  const [state, setState] = useState<"playing" | "paused" | "ended">("paused");
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

interface Props {
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  readonly clip: string;
  readonly downloadName: string;
  readonly downloadUrl: string;
  readonly onRemove: () => void;
}

export function PlayerControls({ videoRef, clip, downloadName, downloadUrl, onRemove }: Props) {
  const state = usePlaying(videoRef, clip);
  const [speed, setSpeed] = useState(0);
  const rate = speeds[speed % speeds.length] ?? 1;
  useEffect(() => {
    if (videoRef.current !== null) videoRef.current.playbackRate = rate;
  }, [rate, state]);
  const word = { playing: say.pause, paused: say.play, ended: say.replay }[state];
  const icon = ({ playing: "pause", paused: "play", ended: "again" } as const)[state];
  return (
    <div class="player-controls">
      <button
        type="button"
        class="button button-main"
        onClick={() => togglePlay(videoRef.current)}
        data-testid="toggle"
      >
        <Icon name={icon} />
        {word}
      </button>
      <button
        type="button"
        class="button button-icon"
        aria-label={say.speed(`${number(rate)}×`)}
        title={say.speed(`${number(rate)}×`)}
        onClick={() => setSpeed((index) => index + 1)}
      >
        {`${number(rate)}×`}
      </button>
      <span class="stretch" />
      <a class="button" href={downloadUrl} download={downloadName} title={say.download}>
        <Icon name="download" />
        <span class="wide-only">{say.download}</span>
      </a>
      <button type="button" class="button" onClick={onRemove} title={say.remove}>
        <Icon name="trash" />
        <span class="wide-only">{say.remove}</span>
      </button>
    </div>
  );
}
