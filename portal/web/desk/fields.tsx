/**
 * Fields of the desk's forms: a number, a time, a choice, several lines, each with its label and a note.
 */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Base {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly note?: string | undefined;
}

interface InputProps extends Base {
  readonly type: "text" | "number" | "datetime-local" | "date";
  readonly step?: string;
  readonly min?: string;
  readonly max?: string;
  readonly maxLength?: number;
}

export function InputField({ label, value, onValue, note, type, ...rest }: InputProps) {
  const id = useId();
  // Preact types each kind of input apart; the attributes used here are the same for all four
  const kind = { type } as { readonly type: "text" };
  return (
    <FieldOf id={id} label={label} note={note}>
      <input
        id={id}
        class="input"
        value={value}
        autoComplete="off"
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
        {...kind}
        {...rest}
      />
    </FieldOf>
  );
}

export function LinesField({
  label,
  value,
  onValue,
  note,
  maxLength,
}: Base & { readonly maxLength: number }) {
  const id = useId();
  return (
    <FieldOf id={id} label={label} note={note}>
      <textarea
        id={id}
        class="input"
        rows={3}
        value={value}
        maxLength={maxLength}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </FieldOf>
  );
}

interface ChoiceProps extends Base {
  readonly among: readonly (readonly [string, string])[];
  /** Shown while nothing is chosen; without it something always is. */
  readonly choose?: string;
}

export function ChoiceField({ label, value, onValue, note, among, choose }: ChoiceProps) {
  const id = useId();
  return (
    <FieldOf id={id} label={label} note={note}>
      <select
        id={id}
        class="input"
        value={value}
        onChange={({ currentTarget }) => onValue(currentTarget.value)}
      >
        {choose !== undefined && <option value="">{choose}</option>}
        {among.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </FieldOf>
  );
}

interface FieldOfProps {
  readonly id: string;
  readonly label: string;
  readonly note: string | undefined;
  readonly children: ComponentChildren;
}

function FieldOf({ id, label, note, children }: FieldOfProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {note !== undefined && (
        <p class="field-note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}
