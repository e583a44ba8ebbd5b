/**
 * PathView: zones as outlines, and the walked path over them: seen a broad line, not seen a dotted one.
 */
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { polygonSeen } from "../heat/areas.ts";
import type { Frame } from "../../drawing/frame.ts";
import { words } from "../../words.ts";
import { pathLines } from "./path.ts";
import type { Step } from "./walk.ts";

const { calibrate: say } = words;

interface Props {
  readonly zones: Zones["zones"];
  readonly frame: Frame;
  readonly path: readonly Step[];
  /** Width by height of the picture. */
  readonly ratio: number;
}

const across = 1_000;

export function PathView({ zones, frame, path, ratio }: Props) {
  const down = across / ratio;
  const text = (points: readonly (readonly [number, number])[]): string =>
    points.map(([x, y]) => `${(x * across).toFixed(1)},${(y * down).toFixed(1)}`).join(" ");
  const [first, last] = [path[0], path.at(-1)];
  return (
    <svg
      class="path-view"
      viewBox={`0 0 ${across} ${down.toFixed(1)}`}
      role="img"
      aria-label={say.pathLabel}
      data-testid="path"
    >
      <rect class="path-ground" width={across} height={down} rx="12" />
      {zones.map(({ name, polygon }) => (
        <polygon key={name} class="path-zone" points={text(polygonSeen(polygon, frame))} />
      ))}
      {pathLines(path).map(({ seen, points }, i) =>
        points.length === 1 ? (
          <circle
            key={i}
            class="path-dot"
            data-seen={seen}
            cx={(points[0]?.[0] ?? 0) * across}
            cy={(points[0]?.[1] ?? 0) * down}
            r="7"
          />
        ) : (
          <polyline key={i} class="path-line" data-seen={seen} points={text(points)} />
        ),
      )}
      {first !== undefined && (
        <circle class="path-start" cx={first.at[0] * across} cy={first.at[1] * down} r="13" />
      )}
      {last !== undefined && (
        <circle
          class="path-end"
          data-seen={last.seen}
          cx={last.at[0] * across}
          cy={last.at[1] * down}
          r="17"
        />
      )}
    </svg>
  );
}
