/**
 * WordsEntry: 24 recovery words, typed or pasted, with suggestions and the place of a mistake.
 */
import { useRef, useState } from "preact/hooks";
import { isRecoveryWord, seedOf, suggestWords, wordCount } from "../../daemon/identity/words.ts";
import type { Access } from "../identity/access.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { readTyped, withLastWord } from "./typed-words.ts";

const { restore: say } = words.enter;

interface Props {
  readonly access: Access;
  readonly onBack: () => void;
}

export function WordsEntry({ access, onBack }: Props) {
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const { busy, fault, run } = useAction();
  const { typed, unfinished } = readTyped(text);
  const unknown = typed.findIndex((word) => !isRecoveryWord(word));
  const suggested = unfinished === "" ? [] : suggestWords(unfinished);
  const choose = (word: string): void => {
    setText(withLastWord(text, word));
    box.current?.focus();
  };
  const count = typed.length + (unfinished === "" ? 0 : 1);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void run(() => access.restore(seedOf(text)));
  };
  return (
    <form class="form" onSubmit={submit}>
      <div class="field">
        <label for="words">{say.label}</label>
        <textarea
          id="words"
          class="input words-box"
          ref={box}
          rows={4}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          required
          aria-describedby="words-count"
        />
        <p class="field-note" id="words-count" role="status" data-wrong={unknown >= 0}>
          {unknown >= 0 ? say.unknown(unknown + 1) : say.count(count, wordCount)}
        </p>
      </div>
      <div class="suggestions" aria-label={say.suggestions}>
        {suggested.map((word) => (
          <button key={word} type="button" class="button suggestion" onClick={() => choose(word)}>
            {word}
          </button>
        ))}
      </div>
      <FaultNote fault={fault?.kind === "denied" ? { message: say.nobody, hint: say.nobodyHint } : fault} />
      <div class="form-row">
        <button type="button" class="button" onClick={onBack}>
          {words.enter.back}
        </button>
        <span class="stretch" />
        <button type="submit" class="button button-main" disabled={busy || count === 0}>
          {busy ? say.busy : say.submit}
        </button>
      </div>
    </form>
  );
}
