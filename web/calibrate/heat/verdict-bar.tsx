/**
 * VerdictBar: would this be motion, in which zones, how strong, in which light: one line for the sun.
 */
import { Icon } from "../../look/icons.tsx";
import { useStore } from "../../state/store.ts";
import { words } from "../../words.ts";
import { firedOf } from "./heat-view.tsx";
import type { HeatWatch, Seen } from "./heat-watch.ts";

const { calibrate: say } = words;

const scoreOf = (seen: Seen | null): number | null => seen?.verdict.score ?? null;
const lightOf = (seen: Seen | null): Seen["unit"]["light"] | null => seen?.unit.light ?? null;
const isMotion = (seen: Seen | null): boolean => seen?.verdict.motion ?? false;

export function VerdictBar({ watch }: { readonly watch: HeatWatch }) {
  const score = useStore(watch.seen, scoreOf);
  const light = useStore(watch.seen, lightOf);
  const motion = useStore(watch.seen, isMotion);
  const fired = useStore(watch.seen, firedOf);
  const state = score === null ? "none" : motion ? "motion" : "quiet";
  return (
    <div class="verdict" data-verdict={state} data-testid="verdict">
      <Icon name={state === "motion" ? "motion" : state === "quiet" ? "quietCells" : "alert"} />
      <strong>{say.verdicts[state]}</strong>
      <span class="verdict-where">{motion ? zoneWords(fired) : ""}</span>
      {score !== null && (
        <span class="verdict-score">
          {say.score} <output>{Math.min(999, score)}</output>
        </span>
      )}
      {light !== null && (
        <span class="verdict-light" data-light={light}>
          <Icon name={light === "bright" ? "sun" : light === "dark" ? "moon" : "infrared"} />
          {say.lights[light]}
        </span>
      )}
    </div>
  );
}

/** Nothing where no zone is drawn: it is everywhere. */
function zoneWords(fired: string): string {
  const names = fired.split("\n").filter((name) => name !== "" && name !== "everywhere");
  return names.length === 0 ? "" : words.events.zones(names.join(", "));
}
