/**
 * Layers: the picture, and over it what the camera will not see.
 *
 * Two canvases of the picture's own size, moved and scaled by the view. `masked` shows exactly the
 * camera's view, `veil` lets the outside shine through, `plain` hides nothing.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Opening } from "../../daemon/policy/opening.ts";
import type { Picture } from "./picture.ts";
import { maskedPicture, veil } from "./preview.ts";
import { scaleOf, seenOnStage, type View } from "./view.ts";

export type Cover = "plain" | "veil" | "masked";

interface Props {
  readonly picture: Picture;
  readonly view: View;
  readonly opening: Opening | null;
  readonly cover: Cover;
}

const veilOpacity = 158;
/** From here on single pixels are meant to be seen. */
const pixelsFrom = 3;

export function Layers({ picture, view, opening, cover }: Props) {
  const sheet = useRef<HTMLDivElement>(null);
  const over = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    picture.canvas.className = "drawing-picture";
    sheet.current?.prepend(picture.canvas);
    return () => picture.canvas.remove();
  }, [picture]);

  useLayoutEffect(() => {
    const [x, y] = seenOnStage(view, [0, 0]);
    const style = sheet.current?.style;
    style?.setProperty("--x", `${x}px`);
    style?.setProperty("--y", `${y}px`);
    style?.setProperty("--scale", String(scaleOf(view)));
  }, [view]);

  useEffect(() => {
    const frame = requestAnimationFrame(() => paint(over.current, { picture, opening, cover }));
    return () => cancelAnimationFrame(frame);
  }, [picture, opening, cover]);

  return (
    <div class="drawing-sheet" ref={sheet} data-pixels={scaleOf(view) >= pixelsFrom}>
      <canvas
        ref={over}
        class="drawing-cover"
        width={picture.size.width}
        height={picture.size.height}
        data-testid="cover"
        data-cover={cover}
      />
    </div>
  );
}

function paint(canvas: HTMLCanvasElement | null, { picture, opening, cover }: Omit<Props, "view">): void {
  const context = canvas?.getContext("2d") ?? null;
  if (canvas === null || context === null) return;
  const { width, height } = picture.size;
  if (cover === "plain" || opening === null) context.clearRect(0, 0, width, height);
  else {
    const rgba = cover === "masked" ? maskedPicture(picture.rgba, opening) : veil(opening, veilOpacity);
    context.putImageData(new ImageData(rgba, width, height), 0, 0);
  }
  canvas.dataset["painted"] = String(opening?.visibleFrac ?? "");
}
