/**
 * ScoreChart: the score of the last minute against the threshold, redrawn as heat comes and as sliders move.
 *
 * Painted at most `perSecond` times; colours are those of the page's theme.
 */
import { useEffect, useRef } from "preact/hooks";
import type { Home } from "../../state/home.ts";
import { words } from "../../words.ts";
import { heightOf, linesOf, threshold, type Place } from "./chart.ts";
import type { HeatWatch } from "./heat-watch.ts";

const { calibrate: say } = words;
const perSecond = 8;

interface Props {
  readonly home: Home;
  readonly watch: HeatWatch;
}

export function ScoreChart({ home, watch }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let cancelLater: (() => void) | null = null;
    const paint = (): void => {
      cancelLater = null;
      if (canvas.current !== null) paintChart(canvas.current, watch, home.now());
    };
    const soon = (): void => {
      cancelLater ??= home.clock.after(1_000 / perSecond, () => requestAnimationFrame(paint));
    };
    paint();
    const cancels = [watch.seen.on(soon), home.clock.every(1_000, soon)];
    return () => {
      for (const cancel of cancels) cancel();
      cancelLater?.();
    };
  }, [home, watch]);
  return (
    <figure class="score-chart">
      <figcaption>
        {say.chart}
        <span>{say.chartNote}</span>
      </figcaption>
      <div class="score-plot">
        <canvas ref={canvas} role="img" aria-label={say.chartLabel} data-testid="chart" />
        <span class="score-asked">{say.asked}</span>
      </div>
      <p class="score-times" aria-hidden="true">
        <span>{say.minuteAgo}</span>
        <span>{say.now}</span>
      </p>
    </figure>
  );
}

function paintChart(canvas: HTMLCanvasElement, watch: HeatWatch, nowMs: number): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const scale = Math.min(2, devicePixelRatio);
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, box.width, box.height);
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name);
  const scored = watch.trace.map((sample) => ({ wallMs: sample.wallMs, score: watch.scoreOf(sample) }));
  const lines = linesOf(scored, nowMs, box);
  const asked = heightOf(threshold, box);
  context.lineWidth = 2;
  context.lineJoin = "round";
  for (const line of lines) {
    fillAbove(context, line, asked, colour("--wrong"));
    context.strokeStyle = colour("--ink");
    stroke(context, line);
  }
  context.lineWidth = 1.5;
  context.setLineDash([6, 4]);
  context.strokeStyle = colour("--wrong");
  stroke(context, [
    { x: 0, y: asked },
    { x: box.width, y: asked },
  ]);
  context.setLineDash([]);
}

function stroke(context: CanvasRenderingContext2D, line: readonly Place[]): void {
  context.beginPath();
  for (const { x, y } of line) context.lineTo(x, y);
  context.stroke();
}

/** What fired, as an area down to the threshold. */
function fillAbove(
  context: CanvasRenderingContext2D,
  line: readonly Place[],
  asked: number,
  colour: string,
): void {
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined) return;
  context.beginPath();
  context.moveTo(first.x, asked);
  for (const { x, y } of line) context.lineTo(x, Math.min(y, asked));
  context.lineTo(last.x, asked);
  context.globalAlpha = 0.45;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
}
