/**
 * Waveform: a line's level over time, as it bounced.
 */
import type { CheckReport } from "../../daemon/wire/selftest.ts";
import { words } from "../words.ts";

const { selftest: say } = words;
const [width, height, low, high] = [320, 60, 46, 10];

interface Props {
  readonly wave: NonNullable<CheckReport["waveform"]>;
}

export function Waveform({ wave: { title, edges } }: Props) {
  const [first] = edges;
  if (first === undefined) return null;
  const spanMs = Math.max(1, (edges.at(-1)?.atMs ?? 0) - first.atMs);
  const x = (atMs: number): string => (width * (0.06 + (0.88 * (atMs - first.atMs)) / spanMs)).toFixed(1);
  const y = (active: boolean): number => (active ? high : low);
  const path = `M0 ${y(!first.active)}${edges.map(({ atMs, active }) => `H${x(atMs)}V${y(active)}`).join("")}H${width}`;
  const label = say.wave(String(edges.length), spanMs.toFixed(1));
  return (
    <figure class="test-drawing">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${title}: ${label}`}>
        <line class="test-axis" x1="0" x2={width} y1={low} y2={low} />
        <path class="test-wave" d={path} />
      </svg>
      <figcaption>
        {title}: {label}
      </figcaption>
    </figure>
  );
}
