/**
 * Filmstrip: a recording in a row of small pictures, decoded here; each appears when it is there.
 */
import { useEffect, useRef } from "preact/hooks";
import type { Clip } from "../../daemon/wire/api.ts";
import { playableMs } from "../clip/plan.ts";
import { developFilm } from "./film.ts";

const pictures = 10;
const widthPx = 160;

export function Filmstrip({ clip }: { readonly clip: Clip }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    const stepMs = playableMs(clip) / pictures;
    const timesMs = Array.from({ length: pictures }, (_, i) => (i + 0.5) * stepMs);
    developFilm(clip, {
      timesMs,
      signal: stop.signal,
      onPicture: (index, video) => draw(root.current?.children[index], video),
    }).catch(() => {}); // the player says what is wrong with the recording
    return () => stop.abort();
  }, [clip.id]);
  return (
    <div class="film" ref={root} aria-hidden="true">
      {Array.from({ length: pictures }, (_, i) => (
        <canvas key={i} width={widthPx} height={1} />
      ))}
    </div>
  );
}

function draw(canvas: Element | undefined, video: HTMLVideoElement): void {
  if (!(canvas instanceof HTMLCanvasElement) || video.videoWidth === 0) return;
  canvas.height = Math.round((widthPx * video.videoHeight) / video.videoWidth);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
}
