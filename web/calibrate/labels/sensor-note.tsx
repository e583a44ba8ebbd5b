/**
 * SensorNote: what the motion sensor changes of a threshold (daemon/sight/label-fusion.ts), in a house that has one.
 */
import { labelTable } from "../../../daemon/sight/label-fusion.ts";
import type { Home } from "../../state/home.ts";
import { useStore } from "../../state/store.ts";
import { words } from "../../words.ts";

const { moved, near } = labelTable.person;

export function SensorNote({ home }: { readonly home: Home }) {
  const sensors = useStore(home.store, (model) => model.status?.sensors);
  const isThere = sensors?.some(({ role, state }) => role === "pir" && state !== "off") === true;
  if (!isThere) return null;
  return (
    <p class="block-note" data-testid="labels-sensor">
      {words.calibrate.labels.sensor(moved.less, near.least)}
    </p>
  );
}
