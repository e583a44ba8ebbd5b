/**
 * TroubleScreens: the doorbell does not answer, or it is not the one this browser knows.
 */
import { useState } from "preact/hooks";
import type { Fault } from "../../hal/fault.ts";
import type { Access } from "../identity/access.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { moment } from "../look/format.ts";
import { lastReached } from "../state/reached.ts";
import { words } from "../words.ts";
import { ForgetButton } from "./forget-button.tsx";
import { Frame } from "./frame.tsx";

const { away, keepsNothing, other } = words.enter;

/** `denied` comes from the browser's storage; the doorbell denies nothing before anybody has come in. */
export function AwayScreen({ access, fault }: { readonly access: Access; readonly fault: Fault }) {
  const isAway = fault.kind !== "denied";
  const { title, note } = isAway ? away : keepsNothing;
  const [seen] = useState(lastReached);
  return (
    <Frame name="away" title={title} note={note}>
      {isAway && seen !== null && (
        <p class="enter-note" data-testid="last-reached">
          {away.since(moment(seen))}
        </p>
      )}
      {fault.kind !== "unavailable" && <FaultNote fault={fault} />}
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
