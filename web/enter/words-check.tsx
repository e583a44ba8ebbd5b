/**
 * WordsCheck: three of the recovery words, asked by their place, in the order of the places.
 */
import { useState } from "preact/hooks";
import { FaultNote } from "../look/fault-note.tsx";
import { Field } from "../look/field.tsx";
import { words as texts } from "../words.ts";
import { pickPlaces } from "./pick-places.ts";

const { recovery: say } = texts.enter;
const askedWords = 3;

interface Props {
  readonly words: readonly string[];
  readonly onDone: () => void;
  readonly onBack: () => void;
}

export function WordsCheck({ words, onDone, onBack }: Props) {
  const [places] = useState(() => pickPlaces(words.length, askedWords));
  const [typed, setTyped] = useState<readonly string[]>(places.map(() => ""));
  const [wrong, setWrong] = useState<number | null>(null);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const bad = places.find((place, index) => typed[index]?.trim().toLowerCase() !== words[place]);
    setWrong(bad ?? null);
    if (bad === undefined) onDone();
  };
  return (
    <form class="form" onSubmit={submit}>
      {places.map((place, index) => (
        <Field
          key={place}
          label={say.wordAt(place + 1)}
          value={typed[index] ?? ""}
          onValue={(value) => setTyped((before) => before.map((old, at) => (at === index ? value : old)))}
          code
        />
      ))}
      <FaultNote
        fault={wrong === null ? null : { message: say.wordWrong(wrong + 1), hint: say.wordWrongHint }}
      />
      <div class="form-row">
        <button type="button" class="button" onClick={onBack}>
          {say.again}
        </button>
        <span class="stretch" />
        <button type="submit" class="button button-main">
          {say.done}
        </button>
      </div>
    </form>
  );
}
