/**
 * TimeBar: the time under the playhead in words, and buttons for what keys and gestures do: play, the events beside
 * it, how much to see, a day, now.
 */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { togglePlay, usePlaying } from "../clip/use-playing.ts";
import { moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { carryOut } from "./band.tsx";
import type { Timeline } from "./timeline.ts";
import { dayView, spans, zoomed, type SpanName } from "./view.ts";

const { timeline: say } = words;

interface Props {
  readonly timeline: Timeline;
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  /** The address remembers it: somebody chose, nobody dragged. */
  readonly onJump: () => void;
}

export function TimeBar({ timeline, videoRef, onJump }: Props) {
  const rested = useStore(timeline.state, (state) => state.rested);
  const oldestMs = useStore(timeline.state, (state) => state.bounds.oldestMs);
  const recorded = timeline.under(rested.atMs) !== null;
  const playing = usePlaying(videoRef, String(recorded));
  const jump = (go: () => void): void => {
    go();
    onJump();
  };
  const step = (direction: 1 | -1): void =>
    jump(() => carryOut(timeline, { do: "event", direction }, () => {}));
  const playWord = playing === "playing" ? say.pause : say.play;
  return (
    <div class="time-bar">
      <p class="time-now">
        <Clock timeline={timeline} />
      </p>
      <div class="time-play">
        <IconButton icon="back" word={say.earlier} onClick={() => step(-1)} />
        <button
          type="button"
          class="button button-main"
          disabled={!recorded}
          onClick={() => togglePlay(videoRef.current)}
          data-testid="past-play"
        >
          <Icon name={playing === "playing" ? "pause" : "play"} />
          {playWord}
        </button>
        <IconButton icon="forward" word={say.later} onClick={() => step(1)} />
      </div>
      <div class="filters time-spans" role="group" aria-label={say.zoom}>
        {(Object.keys(spans) as SpanName[]).map((name) => (
          <button
            key={name}
            type="button"
            class="filter"
            aria-pressed={Math.abs(rested.spanMs - spans[name]) < spans[name] * 0.05}
            onClick={() => jump(() => timeline.go({ ...timeline.view.get(), spanMs: spans[name] }))}
          >
            {say.spans[name]}
          </button>
        ))}
      </div>
      <div class="time-days">
        <IconButton
          icon="zoomOut"
          word={say.zoomOut}
          onClick={() => timeline.go(zoomed(timeline.view.get(), 2))}
        />
        <IconButton
          icon="zoomIn"
          word={say.zoomIn}
          onClick={() => timeline.go(zoomed(timeline.view.get(), 0.5))}
        />
        <input
          type="date"
          class="input"
          aria-label={say.day}
          min={dateOf(oldestMs)}
          max={dateOf(timeline.bounds.nowMs)}
          value={dateOf(rested.atMs)}
          onChange={({ currentTarget: { value } }) => {
            const day = timeOfDate(value);
            if (day !== null) jump(() => timeline.go(dayView(day)));
          }}
        />
        <button
          type="button"
          class="button"
          onClick={() => jump(() => carryOut(timeline, { do: "now" }, () => {}))}
        >
          {say.now}
        </button>
      </div>
    </div>
  );
}

interface IconButtonProps {
  readonly icon: "back" | "forward" | "zoomIn" | "zoomOut";
  readonly word: string;
  readonly onClick: () => void;
}

function IconButton({ icon, word, onClick }: IconButtonProps) {
  return (
    <button type="button" class="button button-icon" aria-label={word} title={word} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** Written past the renderer: it changes with every frame of a drag. */
function Clock({ timeline }: Pick<Props, "timeline">) {
  const root = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    let shown = "";
    const write = (): void => {
      const text = moment(timeline.view.get().atMs);
      if (text !== shown && root.current !== null) root.current.textContent = text;
      shown = text;
    };
    write();
    return timeline.view.on(write);
  }, [timeline]);
  return <time ref={root} data-testid="time-now" />;
}

/** As a date field says it, local. */
function dateOf(timeMs: number): string {
  const date = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Midnight there; null = not a date yet. */
function timeOfDate(text: string): number | null {
  const [year, month, day] = text.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const timeMs = new Date(year, month - 1, day).getTime();
  return Number.isFinite(timeMs) ? timeMs : null;
}
