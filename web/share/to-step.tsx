/**
 * ToStep: to whom it goes, where nobody has asked, and how it reaches a court.
 */
import { Field } from "../look/field.tsx";
import { words } from "../words.ts";
import { flawOf } from "./age-key.ts";
import { hindranceOf, maxWhom, type Form, type Way } from "./recipient.ts";
import type { Source } from "./source.ts";

const { share: say } = words;

interface Props {
  readonly source: Source;
  readonly form: Form;
  readonly onForm: (form: Form) => void;
}

export function ToStep({ source: { asked, destinations }, form, onForm }: Props) {
  const isCourt = asked.kind === "court-order";
  const ways: readonly Way[] = isCourt ? ["link", "neighbour"] : ["link", "neighbour", "archive"];
  const { way } = form;
  return (
    <div class="form">
      {isCourt && <p>{say.courtRecipient(asked.card.recipient)}</p>}
      <fieldset class="roles">
        <legend>{isCourt ? say.courtBy : say.whom}</legend>
        {ways.map((each) => {
          const hindrance = hindranceOf(each, destinations);
          return (
            <label key={each} class="role" data-chosen={each === way} data-closed={hindrance !== null}>
              <input
                type="radio"
                name="way"
                value={each}
                checked={each === way}
                disabled={hindrance !== null}
                onChange={() => onForm({ ...form, way: each })}
              />
              <span>
                <strong>{say.kinds[each].name}</strong>
                {say.kinds[each].can}
                {hindrance !== null && <em>{hindrance}</em>}
              </span>
            </label>
          );
        })}
      </fieldset>
      {way === "link" && !isCourt && (
        <Field
          label={say.linkFor}
          note={say.linkForNote}
          value={form.whom}
          maxLength={maxWhom}
          onValue={(whom) => onForm({ ...form, whom })}
        />
      )}
      {way === "neighbour" && (
        <>
          {!isCourt && (
            <Field
              label={say.neighbourName}
              value={form.whom}
              maxLength={maxWhom}
              onValue={(whom) => onForm({ ...form, whom })}
            />
          )}
          <KeyField value={form.key} onValue={(key) => onForm({ ...form, key })} />
        </>
      )}
      {way === "archive" && destinations.archive !== null && (
        <p class="block-note">{`${say.archiveAt(destinations.archive)} ${say.archiveKeyOwn}.`}</p>
      )}
    </div>
  );
}

function KeyField({ value, onValue }: { readonly value: string; readonly onValue: (value: string) => void }) {
  const flaw = flawOf(value);
  const wrong = flaw === null || flaw === "empty" ? null : say.keyFlaws[flaw];
  return (
    <div>
      <Field
        label={say.neighbourKey}
        note={say.neighbourKeyNote}
        value={value}
        code
        maxLength={200}
        onValue={onValue}
      />
      <p class="field-note" data-wrong="true" role="status">
        {wrong}
      </p>
    </div>
  );
}
