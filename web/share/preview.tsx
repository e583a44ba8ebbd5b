/**
 * Preview: plays exactly what leaves, piece by piece, part after part.
 *
 * The player knows no other pieces than those that were chosen, and each file that it fetches is opened
 * only if, with its new header, it has the very hashes that will be signed.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../../hal/fault.ts";
import { ClipPlayer, type ClipPhase } from "../clip/clip-player.ts";
import { togglePlay, usePlaying } from "../clip/use-playing.ts";
import { PlayerFace } from "../clip/player-face.tsx";
import { duration, exactTime } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { openSame } from "../open/open.ts";
import { getSealed } from "../state/api.ts";
import { words } from "../words.ts";
import { leavingSpan, type Part } from "./parts.ts";
import type { Prepared } from "./prepare.ts";
import { lengthOf } from "./span.ts";

const { share: say } = words;

interface Props {
  readonly parts: readonly Part[];
  readonly prepared: Prepared;
}

export function Preview({ parts, prepared }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [at, setAt] = useState(0);
  const [goesOn, setGoesOn] = useState(false);
  const part = parts[at] ?? parts[0];
  const phase = usePart(video, part, { prepared, goesOn });
  const state = usePlaying(video, part?.clip.id ?? null);
  useEffect(() => {
    if (state !== "ended" || at + 1 >= parts.length) return;
    setGoesOn(true);
    setAt(at + 1);
  }, [state]);
  if (part === undefined) return null;
  const play = (): void => {
    if (state === "ended" && parts.length > 1) {
      setGoesOn(true);
      setAt(0);
    } else rewindAndToggle(video.current, part);
  };
  return (
    <section class="preview" aria-label={say.preview}>
      <div class="player-stage">
        <video ref={video} muted playsInline tabIndex={-1} onClick={play} data-testid="preview" />
        <PlayerFace phase={phase} onAgain={() => setAt(at)} />
      </div>
      <div class="form-row">
        <button type="button" class="button button-main" disabled={phase !== "ready"} onClick={play}>
          <Icon name={state === "playing" ? "pause" : "play"} />
          {state === "playing" ? say.pause : say.play}
        </button>
        <PreviewSeek videoRef={video} part={part} />
      </div>
      <ol class="preview-parts">
        {parts.map((each, index) => {
          const leaving = leavingSpan(each);
          const from = exactTime(each.clip.startWallMs + leaving.fromMs);
          const to = exactTime(each.clip.startWallMs + leaving.toMs);
          return (
            <li key={each.clip.id}>
              <button
                type="button"
                class="menu-item"
                aria-current={index === at}
                aria-label={`${say.previewPart(index + 1, parts.length)}: ${say.span(from, to)}`}
                onClick={() => {
                  setGoesOn(true);
                  setAt(index);
                }}
              >
                <span>{say.span(from, to)}</span>
                <span class="stretch" />
                <span>{duration(lengthOf(leaving))}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Where the part begins is not where its recording does. */
function rewindAndToggle(video: HTMLVideoElement | null, part: Part): void {
  if (video?.ended === true) {
    video.currentTime = leavingSpan(part).fromMs / 1_000;
    video.play().catch(() => {});
  } else togglePlay(video);
}

function usePart(
  video: { readonly current: HTMLVideoElement | null },
  part: Part | undefined,
  { prepared, goesOn }: { readonly prepared: Prepared; readonly goesOn: boolean },
): ClipPhase {
  const [phase, setPhase] = useState<ClipPhase>("loading");
  useEffect(() => {
    const element = video.current;
    if (element === null || part === undefined) return;
    setPhase("loading");
    const onlyChosen = { ...part.clip, state: "complete" as const, fragments: [...part.fragments] };
    const player = new ClipPlayer(element, onlyChosen, {
      onPhase: setPhase,
      fromMs: leavingSpan(part).fromMs,
      autoplay: goesOn,
      load: async (path, signal) => {
        const as = prepared.get(path);
        if (as === undefined) throw new Fault("bug", `${path} is not among what leaves`);
        return openSame(await getSealed(path, signal), as);
      },
    });
    player.start();
    return () => player.close();
  }, [part?.clip.id]);
  return phase;
}

function PreviewSeek({
  videoRef,
  part,
}: {
  readonly videoRef: { readonly current: HTMLVideoElement | null };
  readonly part: Part;
}) {
  const input = useRef<HTMLInputElement>(null);
  const { fromMs, toMs } = leavingSpan(part);
  useEffect(() => {
    let frame = 0;
    const draw = (): void => {
      frame = requestAnimationFrame(draw);
      if (input.current === null || videoRef.current === null) return;
      const atMs = Math.round(videoRef.current.currentTime * 1_000);
      if (Number(input.current.value) === atMs) return;
      input.current.value = String(atMs);
      input.current.setAttribute("aria-valuetext", exactTime(part.clip.startWallMs + atMs));
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [part.clip.id]);
  return (
    <input
      ref={input}
      class="preview-seek"
      type="range"
      min={fromMs}
      max={toMs}
      step={200}
      aria-label={say.position}
      onInput={({ currentTarget }) => {
        if (videoRef.current !== null) videoRef.current.currentTime = Number(currentTarget.value) / 1_000;
      }}
    />
  );
}
