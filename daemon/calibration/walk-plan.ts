/**
 * Walk plan: zones and the walked path as an SVG drawing of the view. No picture is in it.
 *
 * Solid and green where it was seen, dashed and orange where it was not, so that a print without colours
 * says the same.
 */
import { polygonInView } from "../policy/view.ts";
import type { Walk } from "../wire/api-calibration.ts";
import { escaped, short } from "./markup.ts";
import { runsOf, type Run, type WalkPoint } from "./walk-runs.ts";

type At = readonly [number, number];

/** The longer side; where no size is known the picture is taken to be 16:9. */
const longest = 640;

export function walkPlan(walk: Walk): string {
  const { zones, view, path, notes } = walk;
  const { width, height } = view?.size ?? { width: 16, height: 9 };
  const scale = longest / Math.max(1, width, height);
  const sheet = new Sheet(width * scale, height * scale);
  const first = path.find(({ seen }) => seen);
  return [
    `<svg class="plan" viewBox="0 0 ${short(sheet.width)} ${short(sheet.height)}" role="img" aria-label="Zones and the walked path">`,
    `<rect class="sheet" width="${short(sheet.width)}" height="${short(sheet.height)}"/>`,
    ...zones.zones.map(({ name, polygon }) =>
      sheet.zone(name, view === undefined ? polygon : polygonInView(polygon, view)),
    ),
    ...runsOf(path).map((run) => sheet.run(run)),
    first === undefined ? "" : `<circle class="first" ${sheet.center(first.at)} r="9"/>`,
    sheet.end(path[0], "start"),
    sheet.end(path.at(-1), "end"),
    ...notes.map(({ wallMs }, i) => sheet.note(nearest(path, wallMs), i + 1)),
    "</svg>",
  ].join("\n");
}

/** Where the walker was at that time. */
function nearest(path: readonly WalkPoint[], wallMs: number): WalkPoint | undefined {
  const [first] = path;
  if (first === undefined) return undefined;
  const away = (point: WalkPoint): number => Math.abs(point.wallMs - wallMs);
  return path.reduce((best, point) => (away(point) < away(best) ? point : best), first);
}

class Sheet {
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  zone(name: string, polygon: readonly At[]): string {
    // its name stands inside, below its highest corner, and on the sheet
    const xs = polygon.map(([x]) => Math.max(0, Math.min(1, x)));
    const middle = ((Math.min(...xs) + Math.max(...xs)) / 2) * this.width;
    const top = Math.max(0, Math.min(...polygon.map(([, y]) => y))) * this.height;
    return `<polygon class="zone" points="${this.#points(polygon)}"/><text class="zone-name" x="${short(middle)}" y="${short(top + 20)}">${escaped(name)}</text>`;
  }

  run({ seen, points }: Run): string {
    const name = seen ? "seen" : "unseen";
    const [only] = points;
    if (points.length === 1 && only !== undefined)
      return `<circle class="dot ${name}" ${this.center(only.at)} r="2.5"/>`;
    return `<polyline class="way ${name}" points="${this.#points(points.map(({ at }) => at))}"/>`;
  }

  center([x, y]: At): string {
    return `cx="${short(x * this.width)}" cy="${short(y * this.height)}"`;
  }

  end(point: WalkPoint | undefined, name: string): string {
    if (point === undefined) return "";
    const [x, y] = [point.at[0] * this.width, point.at[1] * this.height];
    const isRight = point.at[0] > 0.85;
    const anchor = isRight ? "end" : "start";
    return `<circle class="end" ${this.center(point.at)} r="5"/><text class="end-name" text-anchor="${anchor}" x="${short(x + (isRight ? -10 : 10))}" y="${short(y + 5)}">${name}</text>`;
  }

  /** A flag above the path, or below it at the top of the picture. */
  note(point: WalkPoint | undefined, number: number): string {
    if (point === undefined) return "";
    const [x, y] = [point.at[0] * this.width, point.at[1] * this.height];
    const cy = y + (y < 50 ? 26 : -26);
    return `<g class="note"><line x1="${short(x)}" x2="${short(x)}" y1="${short(y)}" y2="${short(cy)}"/><circle cx="${short(x)}" cy="${short(cy)}" r="10"/><text x="${short(x)}" y="${short(cy + 5)}">${number}</text></g>`;
  }

  #points(places: readonly At[]): string {
    return places.map(([x, y]) => `${short(x * this.width)},${short(y * this.height)}`).join(" ");
  }
}
