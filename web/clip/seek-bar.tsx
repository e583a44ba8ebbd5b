/**
 * SeekBar: the position in a clip, with the moment of the event marked on it.
 *
 * A range input, so that keyboard and screen reader get it for nothing; it follows the video on
 * animation frames without rendering. What lies before the mark is the pre-roll.
 */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { position } from "../look/format.ts";
import { words } from "../words.ts";

interface Props {
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  readonly totalMs: number;
  readonly markMs: number;
  readonly kind: "ring" | "motion";
}

function bufferedEndMs(video: HTMLVideoElement): number {
  const ranges = video.buffered;
  for (let index = 0; index < ranges.length; index += 1) {
    const covers = ranges.start(index) <= video.currentTime + 0.2 && ranges.end(index) >= video.currentTime;
    if (covers) return ranges.end(index) * 1000;
  }
  return 0;
}

export function SeekBar({ videoRef, totalMs, markMs, kind }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const clock = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    let frame = 0;
    let shown = "";
    const draw = (): void => {
      frame = requestAnimationFrame(draw);
      const video = videoRef.current;
      if (video === null || input.current === null) return;
      const atMs = Math.min(video.currentTime * 1000, totalMs);
      const state = `${atMs} ${bufferedEndMs(video)} ${totalMs}`;
      if (state === shown) return;
      shown = state;
      const share = (ms: number): string => String(totalMs === 0 ? 0 : Math.min(1, ms / totalMs));
      root.current?.style.setProperty("--at", share(atMs));
      root.current?.style.setProperty("--loaded", share(bufferedEndMs(video)));
      input.current.value = String(Math.round(atMs));
      input.current.setAttribute("aria-valuetext", words.player.position(position(atMs), position(totalMs)));
      if (clock.current !== null) clock.current.textContent = position(atMs);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [totalMs]);

  useEffect(() => {
    root.current?.style.setProperty("--mark", String(totalMs === 0 ? 0 : markMs / totalMs));
  }, [markMs, totalMs]);

  const seek = (): void => {
    const video = videoRef.current;
    if (video !== null && input.current !== null) video.currentTime = Number(input.current.value) / 1000;
  };
  return (
    <div class="seek" ref={root} data-kind={kind}>
      <span class="seek-time" ref={clock}>
        {position(0)}
      </span>
      <div class="seek-track">
        <div class="seek-loaded" />
        <div class="seek-done" />
        {markMs > 0 && <div class="seek-mark" title={words.player.mark(words.kinds[kind])} />}
        <input
          ref={input}
          type="range"
          min={0}
          max={totalMs}
          step={200}
          aria-label={words.player.seek}
          onInput={seek}
        />
      </div>
      <span class="seek-time">{position(totalMs)}</span>
    </div>
  );
}
