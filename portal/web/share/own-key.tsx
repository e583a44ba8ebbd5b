/**
 * OwnKey: what was shared with a key and not by a link is opened with that key, typed or pasted here.
 *
 * It stays in this page: it is not stored, not put into the address, and no request carries it.
 */
import { useId, useState } from "preact/hooks";
import { Icon } from "../../../web/look/icons.tsx";
import { words } from "../words.ts";

const { share: say } = words;
/** A whole key file, with its comments. */
const maxChars = 4_000;

export function OwnKey({ onKey }: { readonly onKey: (text: string) => void }) {
  const id = useId();
  const [text, setText] = useState("");
  return (
    <form
      class="form panel part"
      onSubmit={(event) => {
        event.preventDefault();
        onKey(text);
      }}
    >
      <div class="field">
        <label for={id}>{say.ownKey}</label>
        <input
          id={id}
          class="input"
          type="password"
          autoComplete="off"
          maxLength={maxChars}
          value={text}
          aria-describedby={`${id}-note`}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <span class="field-note" id={`${id}-note`}>
          {say.ownKeyNote}
        </span>
      </div>
      <div>
        <button type="submit" class="button button-main" disabled={text.trim() === ""}>
          <Icon name="key" />
          {say.openOwn}
        </button>
      </div>
    </form>
  );
}
