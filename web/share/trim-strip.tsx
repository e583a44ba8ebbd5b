/**
 * TrimStrip: the pictures of a recording with what is chosen of it, and what leaves for that.
 *
 * Chosen seconds stand in a frame with two handles (sliders for keyboard and screen reader); what
 * leaves beyond them, because pieces are whole, is tinted; what is outside the window is hatched.
 */
import { useEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";
import type { Clip } from "../../daemon/wire/api.ts";
import { playableMs } from "../clip/plan.ts";
import { exactTime, position } from "../look/format.ts";
import { words } from "../words.ts";
import { Filmstrip } from "./filmstrip.tsx";
import { leavingSpan, piecesIn } from "./parts.ts";
import type { Edge, Span } from "./span.ts";
import { useTrim } from "./use-trim.ts";

const { share: say } = words;

interface Props {
  readonly clip: Clip;
  readonly bounds: Span;
  readonly span: Span | null;
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  readonly onSpan: (span: Span) => void;
}

export function TrimStrip({ clip, bounds, span, videoRef, onSpan }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const lengthMs = playableMs(clip);
  const onSeek = (atMs: number): void => {
    if (videoRef.current !== null) videoRef.current.currentTime = atMs / 1_000;
  };
  const trim = useTrim({ strip, lengthMs, bounds, span, onSpan, onSeek });
  usePlayhead(strip, videoRef, lengthMs);
  const leaving = span === null ? null : leavingSpan({ fragments: piecesIn(clip, span) });
  const place = (range: Span) => ({
    "--from": String(range.fromMs / lengthMs),
    "--to": String(range.toMs / lengthMs),
  });
  return (
    <div class="trim" ref={strip} role="group" aria-label={say.strip} data-testid="trim" {...trim.strip}>
      <Filmstrip clip={clip} />
      {bounds.fromMs > 0 && <span class="trim-closed" style={place({ fromMs: 0, toMs: bounds.fromMs })} />}
      {bounds.toMs < lengthMs && (
        <span class="trim-closed" style={place({ fromMs: bounds.toMs, toMs: lengthMs })} />
      )}
      {span !== null && leaving !== null && (
        <>
          <span class="trim-rest" style={place({ fromMs: 0, toMs: leaving.fromMs })} />
          <span class="trim-rest" style={place({ fromMs: leaving.toMs, toMs: lengthMs })} />
          <span class="trim-extra" style={place({ fromMs: leaving.fromMs, toMs: span.fromMs })} />
          <span class="trim-extra" style={place({ fromMs: span.toMs, toMs: leaving.toMs })} />
          <span class="trim-chosen" style={place(span)} />
        </>
      )}
      <span class="trim-head" />
      {span !== null &&
        (["from", "to"] as const).map((edge) => (
          <Handle
            key={edge}
            edge={edge}
            span={span}
            bounds={bounds}
            frac={(edge === "from" ? span.fromMs : span.toMs) / lengthMs}
            startWallMs={clip.startWallMs}
            onKey={(event) => trim.onHandleKey(edge, event)}
          />
        ))}
    </div>
  );
}

interface HandleProps {
  readonly edge: Edge;
  readonly span: Span;
  readonly bounds: Span;
  readonly frac: number;
  readonly startWallMs: number;
  readonly onKey: (event: KeyboardEvent) => void;
}

function Handle({ edge, span, bounds, frac, startWallMs, onKey }: HandleProps) {
  const atMs = edge === "from" ? span.fromMs : span.toMs;
  return (
    <span
      class="trim-handle"
      role="slider"
      tabIndex={0}
      data-edge={edge}
      style={{ "--at": String(frac) }}
      aria-label={edge === "from" ? say.from : say.to}
      aria-valuemin={Math.round(bounds.fromMs / 1_000)}
      aria-valuemax={Math.round(bounds.toMs / 1_000)}
      aria-valuenow={Math.round(atMs / 1_000)}
      aria-valuetext={say.edge(exactTime(startWallMs + atMs), position(atMs))}
      onKeyDown={onKey}
    />
  );
}

/** Follows the video on animation frames, without rendering. */
function usePlayhead(
  strip: RefObject<HTMLDivElement | null>,
  videoRef: RefObject<HTMLVideoElement | null>,
  lengthMs: number,
): void {
  useEffect(() => {
    let frame = 0;
    let shown = -1;
    const draw = (): void => {
      frame = requestAnimationFrame(draw);
      const at = videoRef.current?.currentTime ?? 0;
      if (at === shown) return;
      shown = at;
      const frac = lengthMs === 0 ? 0 : Math.min(1, (at * 1_000) / lengthMs);
      strip.current?.style.setProperty("--head", String(frac));
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [lengthMs]);
}
