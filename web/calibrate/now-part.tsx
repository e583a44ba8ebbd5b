/**
 * NowPart: the picture with heat, the verdict of the draft, and the last minute as a line.
 *
 * Beside last week it is small: the picture and the verdict.
 */
import { useCallback, useRef, useState } from "preact/hooks";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Frame } from "../drawing/frame.ts";
import { Icon } from "../look/icons.tsx";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";
import { delaysOf, withPainted, type Painted } from "./heat/delays.ts";
import { HeatDetails } from "./heat/heat-details.tsx";
import { HeatView } from "./heat/heat-view.tsx";
import type { HeatWatch } from "./heat/heat-watch.ts";
import { Legend } from "./heat/legend.tsx";
import { ScoreChart } from "./heat/score-chart.tsx";
import { VerdictBar } from "./heat/verdict-bar.tsx";

const { calibrate: say } = words;

interface Props {
  readonly home: Home;
  readonly watch: HeatWatch;
  readonly zones: Zones["zones"];
  readonly frame: Frame;
  readonly small: boolean;
  readonly mayDraw: boolean;
}

export function NowPart({ home, watch, zones, frame, small, mayDraw }: Props) {
  const [wanted, setWanted] = useState(true);
  const painted = useRef<readonly Painted[]>([]);
  const onPainted = useCallback(
    (delayMs: number) => {
      painted.current = withPainted(painted.current, { delayMs, atMs: home.clock.monoMs() });
    },
    [home],
  );
  const delays = useCallback(() => delaysOf(painted.current, home.clock.monoMs()), [home]);
  return (
    <section class="heat-part" data-small={small} aria-label={say.parts.now}>
      <div class="heat-top">
        <HeatView
          {...{ home, watch, zones, frame, wanted, mayDraw, onPainted }}
          onResume={() => setWanted(true)}
        />
        <VerdictBar watch={watch} />
      </div>
      <HeatTrouble home={home} watch={watch} />
      {!small && (
        <>
          <ScoreChart home={home} watch={watch} />
          <Legend />
          <HeatDetails {...{ home, watch, delays }} />
        </>
      )}
      <button type="button" class="button heat-toggle" onClick={() => setWanted(!wanted)}>
        <Icon name={wanted ? "pause" : "play"} />
        {wanted ? say.hidePicture : say.showPicture}
      </button>
    </section>
  );
}

function HeatTrouble({ home, watch }: Pick<Props, "home" | "watch">) {
  const state = useStore(watch.state, (value) => value);
  const eyeAway = useStore(
    home.store,
    ({ status }) => status?.processes.some(({ name, connected }) => name === "eye" && !connected) ?? false,
  );
  const trouble = eyeAway ? say.heatEye : state === "lost" || state === "stalled" ? say.heatLost : null;
  return (
    <div role="status" class="heat-trouble">
      {trouble !== null && <p class="draw-wrong">{trouble}</p>}
    </div>
  );
}
