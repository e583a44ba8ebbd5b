/**
 * Loupe: what the finger hides, eight times as large, with the corner in its middle.
 *
 * Sits in the upper corner of the stage that the finger is not in.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Point } from "../../hal/geometry.ts";
import { seenAs } from "./frame.ts";
import type { Picture } from "./picture.ts";
import { scaleOf, toStage, type View } from "./view.ts";

const sizePx = 132;
const larger = 4;

interface Props {
  readonly picture: Picture;
  readonly view: View;
  readonly at: Point;
}

export function Loupe({ picture, view, at }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [x, y] = toStage(view, at);
  const seen = seenAs(view.frame, at);
  const inTheWay = x < sizePx + 40 && y < sizePx + 40;
  const scale = Math.min(16, Math.max(4, scaleOf(view) * larger));

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d") ?? null;
    if (context === null) return;
    const { width, height } = picture.size;
    context.imageSmoothingEnabled = false;
    context.fillStyle = "#0b0d0e";
    context.fillRect(0, 0, sizePx, sizePx);
    context.setTransform(
      scale,
      0,
      0,
      scale,
      sizePx / 2 - seen[0] * width * scale,
      sizePx / 2 - seen[1] * height * scale,
    );
    context.drawImage(picture.canvas, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }, [picture, seen[0], seen[1], scale]);

  return (
    <div class="loupe" data-side={inTheWay ? "right" : "left"} aria-hidden="true" data-testid="loupe">
      <canvas ref={canvas} width={sizePx} height={sizePx} />
      <svg viewBox="-66 -66 132 132">
        <path d="M-66 0H-6M6 0H66M0-66V-6M0 6V66" />
        <circle r="6" />
      </svg>
    </div>
  );
}
