/**
 * ChimeForm: which tone a ring sounds through the speaker, and how loud, with a try at the door.
 */
import { useState } from "preact/hooks";
import { toneNames } from "../../hal/tones/tones.ts";
import type { TalkState } from "../../daemon/wire/api-talk.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { putChime, tryChime } from "./api.ts";

const { page: say } = words.talk;

export function ChimeForm({ talk, onChosen }: { readonly talk: TalkState; readonly onChosen: () => void }) {
  const [tone, setTone] = useState(talk.chime.tone);
  const [volume, setVolume] = useState(talk.chime.volume);
  const [done, setDone] = useState(false);
  const { busy, fault, run } = useAction();
  const choice = { tone, volume };
  const choose = async (): Promise<void> => {
    if (!(await run(() => putChime(choice)))) return;
    setDone(true);
    onChosen();
  };
  return (
    <section class="block" data-testid="chime">
      <h3>{say.chimeTitle}</h3>
      <p class="block-note">{talk.chime.used ? say.chimeNote : say.chimeUnused}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void choose();
        }}
      >
        <fieldset class="tone-choice">
          <legend class="unseen">{say.chimeTitle}</legend>
          {toneNames.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="tone"
                checked={tone === name}
                onChange={() => {
                  setTone(name);
                  setDone(false);
                }}
              />
              {say.tones[name]}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="volume">{say.volume}</label>
          <input
            id="volume"
            class="volume-range"
            type="range"
            min={0}
            max={100}
            step={5}
            value={volume}
            onInput={({ currentTarget }) => {
              setVolume(Number(currentTarget.value));
              setDone(false);
            }}
          />
        </div>
        <div class="form-row">
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void run(() => tryChime(choice))}
          >
            <Icon name="play" />
            {say.tryOut}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {say.choose}
          </button>
          <p role="status" class="quiet-status">
            {done && say.chosen}
          </p>
        </div>
        <FaultNote fault={fault} />
      </form>
    </section>
  );
}
