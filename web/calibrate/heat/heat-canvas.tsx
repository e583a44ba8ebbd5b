/**
 * HeatCanvas: heat over the picture, painted as it comes, and how old it was when it was painted.
 */
import { useEffect, useRef } from "preact/hooks";
import type { Home } from "../../state/home.ts";
import type { HeatWatch, Seen } from "./heat-watch.ts";
import { clearHeat, hasHeat, paintHeat } from "./paint.ts";

interface Props {
  readonly home: Home;
  readonly watch: HeatWatch;
  /** Told the age of each picture's heat when it is on the screen, by the doorbell's clock. */
  readonly onPainted: (delayMs: number) => void;
}

export function HeatCanvas({ home, watch, onPainted }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let [waiting, warm] = [0, true];
    let timed: Seen["unit"] | null = null;
    const paint = (): void => {
      waiting = 0;
      if (canvas.current === null) return;
      const seen = watch.seen.get();
      const next = seen !== null && hasHeat(seen.unit);
      if (seen !== null && next) paintHeat(canvas.current, seen.unit, seen.asks);
      else if (warm) clearHeat(canvas.current);
      warm = next;
      canvas.current.dataset["warm"] = String(next);
      if (seen === null || seen.unit === timed) return; // judged anew, not new
      timed = seen.unit;
      onPainted(Math.max(0, home.now() - seen.unit.wallMs));
    };
    const cancel = watch.seen.on(() => (waiting ||= requestAnimationFrame(paint)));
    return () => {
      cancel();
      cancelAnimationFrame(waiting);
    };
  }, [home, watch, onPainted]);
  return <canvas class="heat-canvas" ref={canvas} aria-hidden="true" data-testid="heat" />;
}
