/**
 * ActionFields: what is wanted of what moves in a place: for each label alert, record or ignore. Owners decide.
 */
import { judged, zoneActions, type Actions, type Judged } from "../../daemon/alerts/zone-actions.ts";
import { words } from "../words.ts";

const { what: say } = words.zones;

interface Props {
  /** The zone's name, for whoever has it read out. */
  readonly where: string;
  readonly actions: Actions;
  /** A zone may leave it to the whole picture. */
  readonly isZone: boolean;
  readonly onChange: (actions: Actions) => void;
}

export function ActionFields({ where, actions, isZone, onChange }: Props) {
  const shown = zoneActions.toReversed();
  const change = (label: Judged, value: string): void => {
    const { [label]: _, ...rest } = actions;
    const action = zoneActions.find((each) => each === value);
    // what is as without a word is no word
    const isUsual = action === undefined || (!isZone && action === "alert");
    onChange(isUsual ? rest : { ...rest, [label]: action });
  };
  return (
    <fieldset class="zone-actions">
      <legend>{isZone ? say.title : say.whole}</legend>
      {!isZone && <p class="draw-hint">{say.wholeNote}</p>}
      {judged.map((label) => (
        <label key={label} class="zone-fuse">
          <span>{say.labels[label]}</span>
          <select
            class="input"
            aria-label={say.of(say.labels[label], where)}
            value={actions[label] ?? (isZone ? "" : "alert")}
            onChange={({ currentTarget }) => change(label, currentTarget.value)}
          >
            {isZone && <option value="">{say.asWhole}</option>}
            {shown.map((action) => (
              <option key={action} value={action}>
                {say.actions[action]}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}
