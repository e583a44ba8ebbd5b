/**
 * Outline: one shape over the picture: its edges, corners, and the handle that moves all of it.
 *
 * Every corner can have the keyboard and says which one it is. Drawn in stage pixels, so that lines
 * and corners keep their size at every zoom; what a finger hits is decided in hit.ts, not here.
 */
import type { Point } from "../../hal/geometry.ts";
import { words } from "../words.ts";
import { seenAs } from "./frame.ts";
import { cornerName, placeName, shapeName } from "./names.ts";
import { centreOf, type Drawing, middleOf, type Selection, type Shape } from "./shapes.ts";
import { focusName } from "./use-hands.ts";
import { toStage, type View } from "./view.ts";

const { drawing: say } = words;

interface Props {
  readonly drawing: Drawing;
  readonly shape: Shape;
  readonly view: View;
  readonly selection: Selection | null;
  readonly wrong: readonly number[];
  readonly onSelect: (selection: Selection) => void;
}

/** Shorter edges show no plus: it would hide them. */
const plusFromPx = 64;

export function pathOf(points: readonly Point[], closed: boolean): string {
  const steps = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(2)} ${y.toFixed(2)}`);
  return `${steps.join("")}${closed ? "Z" : ""}`;
}

export function Outline({ drawing, shape, view, selection, wrong, onSelect }: Props) {
  const points = shape.polygon.map((point) => toStage(view, point));
  const chosen = selection?.shape === shape.id;
  const edge = (i: number): [Point, Point] => [
    points[i] ?? [0, 0],
    points[(i + 1) % points.length] ?? [0, 0],
  ];
  return (
    <g class="outline" data-role={shape.role} data-chosen={chosen} data-wrong={wrong.length > 0}>
      <path class="outline-halo" d={pathOf(points, true)} />
      <path class="outline-line" d={pathOf(points, true)} />
      {wrong.map((i) => (
        <path key={i} class="outline-wrong" d={pathOf(edge(i), false)} />
      ))}
      {chosen && points.map((_, i) => <Plus key={i} edge={edge(i)} />)}
      {chosen && (
        <Whole {...{ drawing, shape, view, onSelect }} at={toStage(view, centreOf(shape.polygon))} />
      )}
      {points.map((at, corner) => (
        <Corner
          key={corner}
          at={at}
          name={cornerName(drawing, shape, corner)}
          place={placeName(seenAs(view.frame, shape.polygon[corner] ?? [0, 0]))}
          focus={focusName(shape.id, corner)}
          chosen={chosen && selection.corner === corner}
          onSelect={() => onSelect({ shape: shape.id, corner })}
        />
      ))}
      {shape.role !== "line" && hasRoom(points) && (
        <Label at={toStage(view, centreOf(shape.polygon))} low={chosen} text={shapeName(drawing, shape)} />
      )}
    </g>
  );
}

/** A name that is wider than its shape would hide what is around it; the list has it too. */
function hasRoom(points: readonly Point[]): boolean {
  const across = points.map(([x]) => x);
  return Math.max(...across) - Math.min(...across) > 110;
}

interface CornerProps {
  readonly at: Point;
  readonly name: string;
  readonly place: string;
  readonly focus: string;
  readonly chosen: boolean;
  readonly onSelect: () => void;
}

function Corner({ at: [x, y], name, place, focus, chosen, onSelect }: CornerProps) {
  return (
    <g
      class="corner"
      role="button"
      tabindex={0} // SVG has no other spelling
      aria-label={`${name}, ${place}`}
      aria-pressed={chosen}
      data-focus={focus}
      data-chosen={chosen}
      onFocus={onSelect}
      transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}
    >
      <circle class="corner-ring" r="13" />
      <circle class="corner-dot" r={chosen ? 7 : 5.5} />
      {chosen && <circle class="corner-eye" r="1.6" />}
    </g>
  );
}

function Plus({ edge: [a, b] }: { readonly edge: readonly [Point, Point] }) {
  if (Math.hypot(a[0] - b[0], a[1] - b[1]) < plusFromPx) return null;
  const [x, y] = middleOf(a, b);
  return (
    <g class="edge-plus" transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}>
      <circle r="7" />
      <path d="M-3.5 0H3.5M0-3.5V3.5" />
    </g>
  );
}

interface WholeProps extends Pick<Props, "drawing" | "shape" | "onSelect"> {
  readonly at: Point;
}

function Whole({ drawing, shape, at: [x, y], onSelect }: WholeProps) {
  return (
    <g
      class="whole"
      role="button"
      tabindex={0} // SVG has no other spelling
      aria-label={say.moveWhole(shapeName(drawing, shape))}
      data-focus={focusName(shape.id, null)}
      onFocus={() => onSelect({ shape: shape.id, corner: null })}
      transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}
    >
      <circle r="16" />
      <path d="M0-9V9M-9 0H9M-3-6 0-9 3-6M-3 6 0 9 3 6M-6-3-9 0-6 3M6-3 9 0 6 3" />
    </g>
  );
}

function Label({
  at: [x, y],
  low,
  text,
}: {
  readonly at: Point;
  readonly low: boolean;
  readonly text: string;
}) {
  return (
    <text class="outline-label" x={x.toFixed(2)} y={(y + (low ? 34 : 4)).toFixed(2)} aria-hidden="true">
      {text}
    </text>
  );
}
