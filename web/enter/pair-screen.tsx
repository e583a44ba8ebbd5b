/**
 * PairScreen: the first owner: the code from the doorbell's console, and a name.
 */
import { useState } from "preact/hooks";
import type { Access } from "../identity/access.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Field } from "../look/field.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { CertificateNote } from "./certificate-note.tsx";
import { Frame } from "./frame.tsx";
import { StepList } from "./step-list.tsx";

const { pair: say } = words.enter;

export function PairScreen({ access }: { readonly access: Access }) {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const { busy, fault, run } = useAction();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void run(() => access.pair({ code, name: name.trim() }));
  };
  return (
    <Frame name="pair" title={say.title} note={say.note}>
      <StepList at={0} />
      <form class="form" onSubmit={submit}>
        <Field label={say.code} value={code} onValue={setCode} note={say.codeNote} code maxLength={40} />
        <Field
          label={say.yourName}
          value={name}
          onValue={setName}
          note={say.yourNameNote}
          autoComplete="given-name"
          maxLength={60}
        />
        <FaultNote fault={fault} />
        <button
          type="submit"
          class="button button-main button-wide"
          disabled={busy || code.trim() === "" || name.trim() === ""}
        >
          {busy ? say.busy : say.submit}
        </button>
      </form>
      <CertificateNote fingerprint={access.certificate} />
    </Frame>
  );
}
