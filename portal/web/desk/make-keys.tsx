/**
 * MakeKeys: new keys for an agency, made here; the file first, then the public halves for the registrar.
 */
import { useMemo, useState } from "preact/hooks";
import { keysOf } from "../../../daemon/identity/keys.ts";
import { systemClock } from "../../../hal/clock.ts";
import { newSeed } from "../../../web/identity/new-person.ts";
import { Field } from "../../../web/look/field.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { saveFile } from "../../../web/look/save-file.ts";
import { keyFile, publicHalves } from "./key-file.ts";
import { deskWords } from "./words.ts";

const { make: say } = deskWords;

export function MakeKeys() {
  const [name, setName] = useState("");
  const [seed, setSeed] = useState<Uint8Array | null>(null);
  const [saved, setSaved] = useState(false);
  const save = (made: Uint8Array): void => {
    const day = new Date(systemClock.wallMs()).toISOString().slice(0, 10);
    saveFile(new Blob([keyFile({ seed: made, name, day })], { type: "text/plain" }), `agency-key-${day}.txt`);
    setSaved(true);
  };
  return (
    <section class="panel">
      <h2>{say.title}</h2>
      <p class="notice-soft">{say.how}</p>
      {seed === null ? (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            setSeed(newSeed());
          }}
        >
          <Field label={say.name} note={say.nameNote} value={name} onValue={setName} maxLength={80} />
          <div>
            <button type="submit" class="button" data-testid="make-keys">
              <Icon name="key" />
              {say.make}
            </button>
          </div>
        </form>
      ) : (
        <>
          <p class="said">{say.made}</p>
          <div>
            <button
              type="button"
              class="button button-main"
              onClick={() => save(seed)}
              data-testid="save-keys"
            >
              <Icon name="download" />
              {say.save}
            </button>
          </div>
          {saved && <PublicHalves seed={seed} name={name} />}
        </>
      )}
    </section>
  );
}

function PublicHalves({ seed, name }: { readonly seed: Uint8Array; readonly name: string }) {
  const keys = useMemo(() => keysOf(seed), [seed]);
  const save = (): void =>
    saveFile(new Blob([publicHalves(keys, name)], { type: "application/json" }), "agency-public-halves.json");
  return (
    <div class="form" role="status">
      <p class="notice-soft">{say.saved}</p>
      <dl class="facts" data-testid="public-halves">
        <dt>{say.signKey}</dt>
        <dd class="code">{keys.signKey}</dd>
        <dt>{say.sealTo}</dt>
        <dd class="code">{keys.sealTo}</dd>
      </dl>
      <div>
        <button type="button" class="button" onClick={save}>
          <Icon name="download" />
          {say.copy}
        </button>
      </div>
      <p class="notice-soft">{say.notYet}</p>
    </div>
  );
}
