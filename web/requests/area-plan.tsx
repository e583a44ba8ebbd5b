/**
 * AreaPlan: the circle that a request draws and the house in it, north up, with a scale; numbers drawn here.
 *
 * The agency's territory is hatched outside its border where the border is near. Who does not know the
 * place (members) sees the line on which the house lies. Nothing is loaded for it.
 */
import { useId } from "preact/hooks";
import { words } from "../words.ts";
import { planSide, type Plan } from "./plan.ts";

const { plan: say } = words.requests;
const half = planSide / 2;
const square = `M${-half} ${-half}h${planSide}v${planSide}h${-planSide}Z`;

interface Props {
  readonly plan: Plan;
  /** The whole plan in one sentence. */
  readonly label: string;
  readonly radius: string;
  readonly distance: string;
}

export function AreaPlan({ plan, label, radius, distance }: Props) {
  const { house, ring, scale, border } = plan;
  const hatch = useId();
  return (
    <svg class="plan" viewBox={`${-half} ${-half} ${planSide} ${planSide}`} role="img" aria-label={label}>
      <defs>
        <pattern id={hatch} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="plan-hatch" d="M0 0V8" />
        </pattern>
      </defs>
      <path class="grid-ground" d={square} />
      {border !== null && (
        <>
          <path fill={`url(#${hatch})`} fill-rule="evenodd" d={`${square}${border}`} />
          <path class="plan-border" d={border} />
        </>
      )}
      <circle class="plan-area" r={plan.radius} />
      <path class="plan-middle" d="M-5 0H5M0 -5V5" />
      <path class="plan-radius" d={`M0 0H${plan.radius}`} />
      <Word x={plan.radius / 2} y={-5} text={radius} />
      {ring !== null && <circle class="plan-ring" r={ring} />}
      {ring !== null && <Word x={0} y={ring > half - 30 ? ring - 8 : ring + 15} text={say.ring} />}
      {house !== null && <House at={house} distance={distance} />}
      <North />
      <path class="plan-scale" d={`M${12 - half} ${half - 18}v6h${scale.length}v-6`} />
      <Word
        x={12 - half + scale.length / 2}
        y={half - 22}
        text={words.requests.metres(String(scale.metres))}
      />
    </svg>
  );
}

function House({ at: [x, y], distance }: { readonly at: Plan["house"] & object; readonly distance: string }) {
  const text = `${say.house}, ${distance}`;
  // its words stay inside the plan and off the radius, which lies along y = 0 to the right
  const side = Math.min(Math.max(x, 62 - half), half - 62);
  const below = y > 0 ? y < half - 40 : y > -30 && y < -20;
  return (
    <g>
      <path class="plan-way" d={`M0 0L${x} ${y}`} />
      <circle class="house-halo" cx={x} cy={y} r="9" />
      <circle class="house-dot" cx={x} cy={y} r="5.5" />
      <Word x={side} y={below ? y + 24 : y - 14} text={text} strong />
    </g>
  );
}

function North() {
  return (
    <g transform={`translate(${half - 18} ${24 - half})`}>
      <path class="plan-north" d="M0 -14L5 4L0 1L-5 4Z" />
      <text class="plan-word" y="17" text-anchor="middle">
        {say.north}
      </text>
    </g>
  );
}

interface WordProps {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly strong?: boolean;
}

function Word({ x, y, text, strong = false }: WordProps) {
  return (
    <text class="plan-word" data-strong={strong} x={x} y={y} text-anchor="middle">
      {text}
    </text>
  );
}
