/**
 * SignIn: the agency's key file, read here, and a signature for the portal; or new keys for who has none.
 */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { keysOf } from "../../../daemon/identity/keys.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { PageTitle } from "../look/parts.tsx";
import { words } from "../words.ts";
import { forgetKept, keep, readKept } from "./kept-key.ts";
import { readKeyFile } from "./key-file.ts";
import { MakeKeys } from "./make-keys.tsx";
import { atDesk, signIn } from "./session.ts";
import { deskWords } from "./words.ts";

const { signIn: say } = deskWords;

export function SignIn() {
  const action = useAction();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [keeps, setKeeps] = useState(false);
  const [kept, setKept] = useState<Uint8Array | null>(null);
  useEffect(() => {
    readKept().then(setKept, () => {}); // a browser that keeps nothing has nothing to offer
  }, []);

  const enter = async (seed: Uint8Array): Promise<void> => {
    const desk = await signIn(keysOf(seed));
    if (keeps) await keep(seed);
    atDesk.set(desk);
  };
  const enterWithFile = async (): Promise<void> => {
    const file = input.current?.files?.[0];
    if (file === undefined) return;
    try {
      await enter(readKeyFile(await file.text()).seed);
    } finally {
      if (input.current !== null) input.current.value = ""; // the same file can be chosen again
    }
  };
  const forget = async (): Promise<void> => {
    await forgetKept();
    setKept(null);
  };
  return (
    <>
      <PageTitle lead={deskWords.lead}>{words.titles.desk}</PageTitle>
      <div class="two">
        <section class="panel">
          <h2>{say.title}</h2>
          <p class="notice-soft">{say.how}</p>
          {kept !== null && (
            <div class="confirm">
              <p>{say.kept}</p>
              <div class="form-row">
                <button
                  type="button"
                  class="button button-main"
                  disabled={action.busy}
                  onClick={() => void action.run(() => enter(kept))}
                >
                  <Icon name="key" />
                  {say.useKept}
                </button>
                <button type="button" class="button" onClick={() => void action.run(forget)}>
                  {say.forget}
                </button>
              </div>
            </div>
          )}
          <div class="field">
            <label for={id}>{say.file}</label>
            <input
              id={id}
              ref={input}
              class="input"
              type="file"
              disabled={action.busy}
              onChange={() => void action.run(enterWithFile)}
              data-testid="key-file"
            />
          </div>
          <label class="tick">
            <input
              type="checkbox"
              checked={keeps}
              onChange={({ currentTarget }) => setKeeps(currentTarget.checked)}
            />
            <span>
              {say.keep}
              <br />
              <span class="field-note">{say.keepNote}</span>
            </span>
          </label>
          <FaultNote fault={action.fault} />
        </section>
        <MakeKeys />
      </div>
    </>
  );
}
