/**
 * TroubleScreens: the doorbell does not answer, or it is not the one this browser knows.
 */
import type { Fault } from "../../hal/fault.ts";
import type { Access } from "../identity/access.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { words } from "../words.ts";
import { ForgetButton } from "./forget-button.tsx";
import { Frame } from "./frame.tsx";

const { away, keepsNothing, other } = words.enter;

/** `denied` comes from the browser's storage; the doorbell denies nothing before anybody has come in. */
export function AwayScreen({ access, fault }: { readonly access: Access; readonly fault: Fault }) {
  const { title, note } = fault.kind === "denied" ? keepsNothing : away;
  return (
    <Frame name="away" title={title} note={note}>
      <FaultNote fault={fault} />
      <button type="button" class="button button-wide" onClick={() => void access.start()}>
        {words.link.retry}
      </button>
    </Frame>
  );
}

/** Loud on purpose: this is what somebody else's doorbell in the middle would look like. */
export function OtherDoorbellScreen({ access }: { readonly access: Access }) {
  return (
    <Frame name="other-doorbell" title={other.title}>
      <FaultNote fault={{ message: other.what, hint: other.hint }} />
      <p class="enter-note">{other.note}</p>
      <ForgetButton access={access} />
    </Frame>
  );
}
