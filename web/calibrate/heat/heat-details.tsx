/**
 * HeatDetails: for testers: how old the heat is, how often it comes, on which grid.
 */
import { useEffect, useState } from "preact/hooks";
import { number } from "../../look/format.ts";
import type { Home } from "../../state/home.ts";
import { words } from "../../words.ts";
import type { Delays } from "./delays.ts";
import type { HeatWatch } from "./heat-watch.ts";

const { calibrate: say } = words;

interface Props {
  readonly home: Home;
  readonly watch: HeatWatch;
  readonly delays: () => Delays | null;
}

export function HeatDetails({ home, watch, delays }: Props) {
  const [now, setNow] = useState<{ readonly delays: Delays | null; readonly grid: string }>({
    delays: null,
    grid: "",
  });
  useEffect(() => {
    const look = (): void => {
      const grid = watch.areas?.grid;
      setNow({ delays: delays(), grid: grid === undefined ? "" : say.cells(grid.cols, grid.rows) });
    };
    look();
    return home.clock.every(1_000, look);
  }, [home, watch, delays]);
  return (
    <details class="heat-details">
      <summary>{say.details}</summary>
      <dl>
        <dt>{say.delay}</dt>
        <dd data-testid="heat-delay">{now.delays === null ? say.none : delayWords(now.delays)}</dd>
        <dt>{say.rate}</dt>
        <dd>{now.delays === null ? say.none : say.perSecond(number(now.delays.perSecond))}</dd>
        <dt>{say.grid}</dt>
        <dd>{now.grid === "" ? say.none : now.grid}</dd>
      </dl>
    </details>
  );
}

function delayWords({ medianMs, worstMs }: Delays): string {
  return say.delayMs(number(Math.round(medianMs)), number(Math.round(worstMs)));
}
