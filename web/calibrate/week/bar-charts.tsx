/**
 * BarCharts: events by hour of the day and by cause, then and with the draft.
 *
 * Then is a hollow bar, the preview a filled one: the two differ without colour too. Whoever has it read out
 * gets the numbers in a table.
 */
import type { Cause, Preview } from "../../../daemon/wire/api-calibration.ts";
import { words } from "../../words.ts";
import { causePairs, mostOf, shareOf } from "./bars.ts";

const { calibrate: say } = words;

const percent = (frac: number): string => `${(100 * frac).toFixed(1)}%`;

export function HourBars({ preview }: { readonly preview: Preview }) {
  const most = mostOf(preview.byHour);
  return (
    <figure class="bars hour-bars">
      <figcaption>{say.byHour}</figcaption>
      <div class="hour-plot" aria-hidden="true">
        {preview.byHour.map((pair, hour) => (
          <div key={hour} class="hour-pair" title={say.hourLine(hour, pair.was, pair.preview)}>
            <span class="bar-was" style={{ height: percent(shareOf(pair.was, most)) }} />
            <span class="bar-now" style={{ height: percent(shareOf(pair.preview, most)) }} />
          </div>
        ))}
      </div>
      <p class="hour-scale" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </p>
      <table class="unseen">
        <caption>{say.byHour}</caption>
        <tbody>
          {preview.byHour.map((pair, hour) => (
            <tr key={hour}>
              <td>{say.hourLine(hour, pair.was, pair.preview)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface CauseProps {
  readonly preview: Preview;
  readonly chosen: Cause | null;
  readonly onChoose: (cause: Cause | null) => void;
}

export function CauseBars({ preview, chosen, onChoose }: CauseProps) {
  const pairs = causePairs(preview);
  const most = mostOf(pairs);
  return (
    <figure class="bars cause-bars">
      <figcaption>{say.byCause}</figcaption>
      {pairs.length === 0 && <p class="draw-hint">{say.nothingThen}</p>}
      <ul>
        {pairs.map(({ cause, was, preview: now }) => (
          <li key={cause}>
            <button
              type="button"
              class="cause-bar"
              aria-pressed={chosen === cause}
              aria-label={say.causeLine(say.causes[cause].name, was, now)}
              title={say.causes[cause].note}
              onClick={() => onChoose(chosen === cause ? null : cause)}
            >
              <span class="cause-name">{say.causes[cause].name}</span>
              <span class="cause-plot">
                <span class="bar-was" style={{ width: percent(shareOf(was, most)) }} />
                <span class="bar-now" style={{ width: percent(shareOf(now, most)) }} />
              </span>
              <span class="cause-counts">{was === now ? was : say.fromTo(was, now)}</span>
            </button>
          </li>
        ))}
      </ul>
    </figure>
  );
}
