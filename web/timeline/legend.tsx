/**
 * Legend: what the shapes on the band mean, and where the night comes from.
 */
import { words } from "../words.ts";

const { legend: say } = words.timeline;

export function Legend({ knowsPlace }: { readonly knowsPlace: boolean }) {
  return (
    <ul class="band-legend">
      {(["recording", "motion", "ring", "gap"] as const).map((kind) => (
        <li key={kind} data-kind={kind}>
          {say[kind]}
        </li>
      ))}
      <li data-kind="night">{knowsPlace ? say.nightSun : say.nightClock}</li>
    </ul>
  );
}
