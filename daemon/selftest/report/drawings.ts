/**
 * Drawings: a waveform and a histogram as SVG that stands in a page.
 *
 * Sizes are in the drawing's own units, colours are the page's classes, words are escaped.
 */
import { escaped } from "../../calibration/markup.ts";
import type { CheckReport } from "../../wire/selftest.ts";
import { amount } from "./words.ts";

const width = 640;
const height = 120;
const floor = 90;
const ceiling = 20;

export function waveformSvg({ title, edges }: NonNullable<CheckReport["waveform"]>): string {
  const first = edges[0];
  const last = edges.at(-1);
  if (first === undefined || last === undefined) return "";
  const spanMs = Math.max(1, last.atMs - first.atMs);
  // a quiet twelfth on both sides
  const x = (atMs: number): string =>
    (width * (1 / 12 + ((atMs - first.atMs) / spanMs) * (10 / 12))).toFixed(1);
  const y = (active: boolean): number => (active ? ceiling : floor);
  const steps = edges.map(({ atMs, active }) => ` H${x(atMs)}V${y(active)}`).join("");
  const path = `M0 ${y(!first.active)}${steps}H${width}`;
  const label = `${edges.length} edges in ${spanMs.toFixed(1)} ms`;
  return `<figure><figcaption>${escaped(title)}: ${label}</figcaption>
<svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${title}: ${label}`)}">
<line class="axis" x1="0" x2="${width}" y1="${floor}" y2="${floor}"/>
<path class="wave" d="${path}"/>
<text class="tick" x="${x(first.atMs)}" y="112" text-anchor="middle">0</text>
<text class="tick" x="${x(last.atMs)}" y="112" text-anchor="middle">${spanMs.toFixed(1)} ms</text>
</svg></figure>`;
}

export function histogramSvg({ title, unit, bars }: NonNullable<CheckReport["histogram"]>): string {
  if (bars.length === 0) return "";
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = width / bars.length;
  const columns = bars.map(({ upTo, count }, at) => {
    const tall = ((floor - ceiling) * count) / most;
    const middle = ((at + 0.5) * step).toFixed(1);
    const bar = `<rect class="bar" x="${(at * step + 3).toFixed(1)}" y="${(floor - tall).toFixed(1)}" width="${(step - 6).toFixed(1)}" height="${tall.toFixed(1)}"/>`;
    const number =
      count === 0
        ? ""
        : `<text class="tick" x="${middle}" y="${(floor - tall - 4).toFixed(1)}" text-anchor="middle">${count}</text>`;
    return `${bar}${number}<text class="tick" x="${middle}" y="108" text-anchor="middle">${escaped(amount(upTo, ""))}</text>`;
  });
  return `<figure><figcaption>${escaped(title)}, in ${escaped(unit)} up to</figcaption>
<svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<line class="axis" x1="0" x2="${width}" y1="${floor}" y2="${floor}"/>
${columns.join("\n")}
</svg></figure>`;
}
