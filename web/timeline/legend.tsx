/**
 * Legend: what the shapes on the band mean, and where the night comes from.
 */
import { signs, signWords } from "../events/signs.ts";
import { words } from "../words.ts";
import { shapes, shapeSize } from "./shapes.ts";

const { legend: say } = words.timeline;

export function Legend({ knowsPlace }: { readonly knowsPlace: boolean }) {
  return (
    <ul class="band-legend" data-testid="legend">
      {signs.map((sign) => (
        <li key={sign} data-sign={sign}>
          <svg class={`sign-${sign}`} viewBox={`0 0 ${shapeSize} ${shapeSize}`} aria-hidden="true">
            <path d={shapes[sign]} />
          </svg>
          {sign === "motion" ? say.motion : signWords(sign)}
        </li>
      ))}
      {(["recording", "gap"] as const).map((kind) => (
        <li key={kind} data-kind={kind}>
          {say[kind]}
        </li>
      ))}
      <li data-kind="night">{knowsPlace ? say.nightSun : say.nightClock}</li>
    </ul>
  );
}
