/**
 * PlayerControls: play, speed, neighbours, download, delete, under the picture of a clip.
 */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { number } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { SaveButton } from "./save-button.tsx";
import { togglePlay, usePlaying } from "./use-playing.ts";

const { player: say } = words;
const speeds = [1, 2, 0.5] as const;

interface Props {
  readonly home: Home;
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  /** Null: nothing to play or keep, but the event can be deleted. */
  readonly clip: string | null;
  readonly downloadName: string;
  /** False while it is recorded. */
  readonly removable: boolean;
  /** Null: not for this person. */
  readonly onRemove: (() => void) | null;
  readonly onShare: (() => void) | null;
}

function Playback({ videoRef, clip }: Pick<Props, "videoRef" | "clip">) {
  const state = usePlaying(videoRef, clip);
  const [speed, setSpeed] = useState(0);
  const rate = speeds[speed % speeds.length] ?? 1;
  useEffect(() => {
    if (videoRef.current !== null) videoRef.current.playbackRate = rate;
  }, [rate, state]);
  const word = { playing: say.pause, paused: say.play, ended: say.replay }[state];
  const icon = ({ playing: "pause", paused: "play", ended: "again" } as const)[state];
  const speedWord = say.speed(`${number(rate)}×`);
  return (
    <>
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
        aria-label={speedWord}
        title={speedWord}
        onClick={() => setSpeed((index) => index + 1)}
      >
        {`${number(rate)}×`}
      </button>
    </>
  );
}

export function PlayerControls({ home, videoRef, clip, downloadName, removable, onRemove, onShare }: Props) {
  return (
    <div class="player-controls">
      {clip !== null && <Playback videoRef={videoRef} clip={clip} />}
      <span class="stretch" />
      {clip !== null && <SaveButton home={home} clip={clip} name={downloadName} />}
      {clip !== null && onShare !== null && (
        <button
          type="button"
          class="button"
          disabled={!removable}
          onClick={onShare}
          title={removable ? words.share.share : words.share.gone.recording}
          aria-label={words.share.share}
          data-testid="share"
        >
          <Icon name="share" />
          <span class="wide-only">{words.share.share}</span>
        </button>
      )}
      {onRemove !== null && (
        <button
          type="button"
          class="button"
          disabled={!removable}
          onClick={onRemove}
          title={removable ? say.remove : words.events.stillRecording}
          aria-label={say.remove}
        >
          <Icon name="trash" />
          <span class="wide-only">{say.remove}</span>
        </button>
      )}
    </div>
  );
}
