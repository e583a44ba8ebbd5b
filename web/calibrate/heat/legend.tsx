/**
 * Legend: what the colours of heat mean, and what has an outline.
 */
import { words } from "../../words.ts";
import { legendStops } from "./colours.ts";

const { calibrate: say } = words;
const names = [say.legend.stir, say.legend.half, say.legend.nearly, say.legend.fires, say.legend.strong];

export function Legend() {
  return (
    <ul class="heat-legend" aria-label={say.legend.title}>
      {legendStops.map(({ score, colour }, i) => (
        <li key={score}>
          <span class="heat-swatch" data-fires={score >= 100} style={{ background: colour }} />
          {names[i]}
        </li>
      ))}
      <li>
        <span class="heat-swatch heat-swatch-small" />
        {say.legend.unproven}
      </li>
      <li>
        <span class="heat-swatch heat-swatch-outside" />
        {say.legend.outside}
      </li>
    </ul>
  );
}
