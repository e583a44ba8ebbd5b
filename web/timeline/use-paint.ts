/**
 * usePaint: keeps a canvas in step with the timeline: painted at most once a frame, and only when something changed.
 */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { coloursOf, type Colours } from "./colours.ts";
import { nightsOf, type HousePlace } from "./nights.ts";
import { paint } from "./paint.ts";
import type { Span } from "./stretches.ts";
import type { Timeline } from "./timeline.ts";
import { dayMs, endOf, startOf } from "./view.ts";

export function usePaint(
  canvasRef: RefObject<HTMLCanvasElement | null>,
  timeline: Timeline,
  place: HousePlace,
): void {
  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext("2d") ?? null;
    if (canvas === null || context === null) return;
    let frame = 0;
    let colours: Colours | null = null;
    let nights = { fromMs: 0, toMs: 0, spans: [] as readonly Span[] };
    const draw = (): void => {
      frame = 0;
      const { clientWidth: widthPx, clientHeight: heightPx } = canvas;
      const ratio = devicePixelRatio;
      const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      colours ??= coloursOf(canvas);
      const view = timeline.view.get();
      if (startOf(view) < nights.fromMs || endOf(view) > nights.toMs) {
        const wide = { atMs: view.atMs, spanMs: view.spanMs + 4 * dayMs };
        nights = { fromMs: startOf(wide), toMs: endOf(wide), spans: nightsOf(wide, place) };
      }
      const { known, bounds } = timeline.state.get();
      paint(context, { view, widthPx, heightPx, known, bounds, nights: nights.spans, colours });
    };
    const ask = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    const recolour = (): void => {
      colours = null;
      ask();
    };
    const offs = [timeline.view.on(ask), timeline.state.on(ask)];
    const sizes = new ResizeObserver(ask);
    sizes.observe(canvas);
    const themes = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"].map((query) =>
      matchMedia(query),
    );
    for (const theme of themes) theme.addEventListener("change", recolour);
    ask();
    return () => {
      cancelAnimationFrame(frame);
      for (const off of offs) off();
      sizes.disconnect();
      for (const theme of themes) theme.removeEventListener("change", recolour);
    };
  }, [timeline, place]);
}
