/**
 * Bars: how often a figure lay where.
 */
import type { Histogram } from "../../daemon/wire/selftest.ts";
import { words } from "../words.ts";

const { selftest: say } = words;
const [width, height, low, high] = [320, 84, 62, 14];

export function Bars({ histogram: { title, unit, bars } }: { readonly histogram: Histogram }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = width / Math.max(1, bars.length);
  return (
    <figure class="test-drawing">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        <line class="test-axis" x1="0" x2={width} y1={low} y2={low} />
        {bars.map(({ upTo, count }, at) => {
          const tall = ((low - high) * count) / most;
          const middle = (at + 0.5) * step;
          return (
            <g key={upTo}>
              <rect
                class="test-bar"
                x={at * step + 2}
                y={low - tall}
                width={Math.max(1, step - 4)}
                height={tall}
              />
              {count > 0 && (
                <text x={middle} y={low - tall - 3} text-anchor="middle">
                  {count}
                </text>
              )}
              <text x={middle} y={height - 6} text-anchor="middle">
                {upTo}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption>
        {title}, {say.upTo(unit)}
      </figcaption>
    </figure>
  );
}
