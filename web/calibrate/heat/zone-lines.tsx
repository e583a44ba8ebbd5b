/**
 * ZoneLines: the zones over the picture with their names; those that fire stand out.
 */
import type { Zones } from "../../../daemon/wire/api-household.ts";
import type { Frame } from "../../drawing/frame.ts";
import { polygonSeen } from "./areas.ts";

interface Props {
  readonly zones: Zones["zones"];
  readonly frame: Frame;
  readonly fired: readonly string[];
}

const percent = (frac: number): string => `${(100 * frac).toFixed(2)}%`;

export function ZoneLines({ zones, frame, fired }: Props) {
  return (
    <div class="zone-lines" aria-hidden="true">
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {zones.map(({ name, polygon }) => {
          const points = polygonSeen(polygon, frame)
            .map(([x, y]) => `${x.toFixed(5)},${y.toFixed(5)}`)
            .join(" ");
          return (
            <g key={name} data-zone={name} data-fires={fired.includes(name)}>
              <polygon class="zone-halo" points={points} />
              <polygon class="zone-line" points={points} />
            </g>
          );
        })}
      </svg>
      {zones.map(({ name, polygon }) => {
        const seen = polygonSeen(polygon, frame);
        const xs = seen.map(([x]) => Math.min(1, Math.max(0, x)));
        const top = Math.max(0, Math.min(...seen.map(([, y]) => y)));
        const left = (Math.min(...xs) + Math.max(...xs)) / 2;
        return (
          <span
            key={name}
            class="zone-name-tag"
            data-fires={fired.includes(name)}
            style={{ left: percent(left), top: percent(Math.min(0.9, top)) }}
          >
            {name}
          </span>
        );
      })}
    </div>
  );
}
