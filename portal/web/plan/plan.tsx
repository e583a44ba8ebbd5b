/**
 * Plan: places drawn on a grid with a scale, without a map: no tile server learns where anybody looks.
 *
 * Territories are outlines, requests circles of their true size, or dots while they are small; dots that would
 * lie on each other are one sign with a number. Everything on it is also in a list beside it, so a screen
 * reader gets the sentence of `label` and the keys, not every circle.
 */
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { Place } from "../../../daemon/consent/common.ts";
import { Icon } from "../../../web/look/icons.tsx";
import { words } from "../words.ts";
import { clustered } from "./cluster.ts";
import { gridLines, gridStepM } from "./grid.ts";
import { stretchAt, toPlace, toPlan, type Point } from "./projection.ts";
import { placeIn, useView } from "./use-view.ts";
import { fromScreen, toScreen } from "./view.ts";

const { plan: say } = words;

export interface PlanCircle extends Place {
  readonly id: string;
  readonly radiusM: number;
  readonly look: "open" | "over" | "draft" | "post";
  readonly label: string;
}

export interface PlanOutline {
  readonly id: string;
  readonly label: string;
  readonly corners: readonly (readonly [number, number])[];
}

interface Props {
  readonly label: string;
  readonly circles: readonly PlanCircle[];
  readonly outlines: readonly PlanOutline[];
  readonly chosen?: string | null;
  readonly onChoose?: (ids: readonly string[]) => void;
  /** What the plan shows at first: the circles, or the territories around them. */
  readonly fitTo?: "circles" | "outlines";
  /** A click anywhere says a place. */
  readonly onPlace?: (place: Place) => void;
  /** Keys that the plan's owner takes before the view does. */
  readonly onKey?: (key: KeyboardEvent) => boolean;
  readonly children?: ComponentChildren;
}

export function Plan({ label, circles, outlines, chosen = null, fitTo = "circles", ...rest }: Props) {
  const { onChoose, onPlace, onKey, children } = rest;
  const root = useRef<SVGSVGElement>(null);
  const fitted = fitTo === "circles" ? circles : none;
  const points = useMemo(() => pointsOf(fitted, outlines), [fitted, outlines]);
  const hand = useView(root, points);
  const { view, size } = hand;
  const lines = gridLines(view, size);
  const stepM = gridStepM(view);
  const barPx = (stepM * stretchAt(toPlace(view.middle).lat)) / view.perPx;
  const signs = clustered(
    circles.map((circle) => ({
      at: toScreen(view, size, toPlan(circle)),
      radiusPx: (circle.radiusM * stretchAt(circle.lat)) / view.perPx,
      of: circle,
    })),
  ).filter(({ at, radiusPx }) => isNear(at, radiusPx + 20, size));
  const onClick = (click: MouseEvent): void => {
    if (hand.dragged() || onPlace === undefined || root.current === null) return;
    onPlace(toPlace(fromScreen(view, size, placeIn(root.current, click))));
  };
  return (
    <figure class="plan" data-picks={onPlace !== undefined}>
      <svg
        ref={root}
        class="plan-face"
        viewBox={`0 0 ${size.widthPx} ${size.heightPx}`}
        tabindex={0} // in lower case: SVG has no other spelling
        role="application"
        aria-roledescription={say.role}
        aria-label={`${label} ${say.keys}`}
        onKeyDown={(key) => {
          if (onKey?.(key) === true) key.preventDefault();
          else hand.onKeyDown(key);
        }}
        onPointerDown={hand.onPointerDown}
        onClick={onClick}
        data-testid="plan"
      >
        <g class="plan-grid" aria-hidden="true">
          {lines.xs.map((x) => (
            <line key={`x${x}`} x1={x} x2={x} y1={0} y2={size.heightPx} />
          ))}
          {lines.ys.map((y) => (
            <line key={`y${y}`} x1={0} x2={size.widthPx} y1={y} y2={y} />
          ))}
        </g>
        <g class="plan-outlines" aria-hidden="true">
          {outlines.map(({ id, label: name, corners }) => (
            <polygon
              key={id}
              points={corners
                .map(([lat, lon]) => textOf(toScreen(view, size, toPlan({ lat, lon }))))
                .join(" ")}
            >
              <title>{name}</title>
            </polygon>
          ))}
        </g>
        <g class="plan-signs" aria-hidden="true">
          {signs.map(({ at, radiusPx, of }) => (
            <g
              key={of.map(({ id }) => id).join(" ")}
              class="plan-sign"
              data-look={of.some(({ look }) => look === "open") ? "open" : of[0]?.look}
              data-chosen={of.some(({ id }) => id === chosen)}
              data-ids={of.length === 1 ? of[0]?.id : undefined}
              onClick={() => !hand.dragged() && onChoose?.(of.map(({ id }) => id))}
            >
              <title>{of.length === 1 ? of[0]?.label : say.several(of.length)}</title>
              <circle class="plan-area" cx={at.x} cy={at.y} r={Math.max(radiusPx, of.length > 1 ? 12 : 7)} />
              {of.length === 1 && <circle class="plan-dot" cx={at.x} cy={at.y} r={3} />}
              {of.length > 1 && (
                <text x={at.x} y={at.y} dy="0.35em">
                  {of.length}
                </text>
              )}
            </g>
          ))}
        </g>
        <g class="plan-scale" aria-hidden="true">
          <path d={`M 14 ${size.heightPx - 20} v 6 h ${barPx} v -6`} />
          <text x={14} y={size.heightPx - 26}>
            {say.distance(stepM)}
          </text>
        </g>
      </svg>
      <div class="plan-buttons">
        <button
          type="button"
          class="button button-icon"
          onClick={() => hand.zoom(true)}
          aria-label={say.nearer}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="button button-icon"
          onClick={() => hand.zoom(false)}
          aria-label={say.farther}
        >
          <Icon name="minus" />
        </button>
        <button type="button" class="button button-icon" onClick={hand.fit} aria-label={say.all}>
          <Icon name="expand" />
        </button>
      </div>
      {children}
    </figure>
  );
}

const none: readonly PlanCircle[] = [];

function textOf({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

function isNear({ x, y }: Point, roomPx: number, size: { widthPx: number; heightPx: number }): boolean {
  return x > -roomPx && y > -roomPx && x < size.widthPx + roomPx && y < size.heightPx + roomPx;
}

/** What must be seen: circles with their edges, or the outlines when there is no circle. */
function pointsOf(circles: readonly PlanCircle[], outlines: readonly PlanOutline[]): Point[] {
  if (circles.length === 0)
    return outlines.flatMap(({ corners }) => corners.map(([lat, lon]) => toPlan({ lat, lon })));
  return circles.flatMap((circle) => {
    const { x, y } = toPlan(circle);
    const reach = circle.radiusM * 1.6 * stretchAt(circle.lat);
    return [
      { x: x - reach, y: y - reach },
      { x: x + reach, y: y + reach },
    ];
  });
}
