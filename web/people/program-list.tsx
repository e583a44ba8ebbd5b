/**
 * ProgramList: programs that have a key, a new key, which is shown once, and taking one away.
 */
import { useState } from "preact/hooks";
import type { Session } from "../../daemon/wire/api-household.ts";
import { makeProgram, revokeSession } from "../identity/api.ts";
import { copyText } from "../look/copy-text.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Field } from "../look/field.tsx";
import { moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";

const { people } = words;
const say = people.programs;

interface Props {
  readonly sessions: readonly Session[];
  readonly onChanged: () => void;
}

export function ProgramList({ sessions, onChanged }: Props) {
  const { busy, fault, run } = useAction();
  const programs = sessions.filter(({ program }) => program === true);
  const end = async (id: string): Promise<void> => {
    if (await run(() => revokeSession(id))) onChanged();
  };
  return (
    <section class="block" aria-labelledby="programs">
      <h3 id="programs">{say.title}</h3>
      <p class="block-note">{say.note}</p>
      <FaultNote fault={fault} />
      {programs.length === 0 && <p class="block-note">{say.none}</p>}
      <ul class="cards">
        {programs.map(({ id, label, createdWallMs, lastSeenWallMs }) => (
          <li key={id} class="card card-line" data-program={label}>
            <Icon name="key" />
            <p class="card-words">
              <strong>{label}</strong>
              <span>{people.seen(moment(Math.max(createdWallMs, lastSeenWallMs)))}</span>
            </p>
            <button
              type="button"
              class="button"
              disabled={busy}
              aria-label={say.endLabel(label)}
              onClick={() => void end(id)}
            >
              {say.end}
            </button>
          </li>
        ))}
      </ul>
      <NewKey onChanged={onChanged} />
    </section>
  );
}

function NewKey({ onChanged }: { readonly onChanged: () => void }) {
  const [name, setName] = useState("");
  const [key, setKey] = useState<string | null>(null);
  const { busy, fault, run } = useAction();
  const make = async (): Promise<void> => {
    const worked = await run(async () => setKey(await makeProgram(name.trim())));
    if (!worked) return;
    setName("");
    onChanged();
  };
  if (key !== null) return <KeyOnce value={key} onDone={() => setKey(null)} />;
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Field label={say.name} value={name} onValue={setName} maxLength={40} />
      <FaultNote fault={fault} />
      <div class="form-row">
        <button type="submit" class="button" disabled={busy || name.trim() === ""}>
          <Icon name="plus" />
          {say.make}
        </button>
      </div>
    </form>
  );
}

function KeyOnce({ value, onDone }: { readonly value: string; readonly onDone: () => void }) {
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  return (
    <div class="card form">
      <input
        class="input"
        data-code="true"
        readOnly
        value={value}
        aria-label={say.once}
        data-testid="program-key"
        ref={(element) => element?.select()}
      />
      <p class="field-note" role="status">
        {copied === "no" ? say.copyFailed : say.once}
      </p>
      <div class="form-row">
        <button
          type="button"
          class="button button-main"
          onClick={() => void copyText(value).then((worked) => setCopied(worked ? "yes" : "no"))}
        >
          <Icon name={copied === "yes" ? "check" : "copy"} />
          {copied === "yes" ? say.copied : say.copy}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {say.done}
        </button>
      </div>
    </div>
  );
}
