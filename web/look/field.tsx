/**
 * Field: one labelled line of text in a form.
 */
import { useId } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly note?: string;
  /** Letters of one width: codes and words, not sentences. */
  readonly code?: boolean;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly autoComplete?: string;
}

export function Field({ label, value, onValue, note, code = false, ...rest }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        data-code={code}
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
        autoComplete={rest.autoComplete ?? "off"}
        autoCapitalize={code ? "none" : "words"}
        spellcheck={false}
        required
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        autoFocus={rest.autoFocus}
        maxLength={rest.maxLength}
      />
      {note !== undefined && (
        <p class="field-note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}
