/**
 * SignedOutScreen: there is a key and no session: sign in, ask again, or forget the key.
 */
import { useState } from "preact/hooks";
import type { Access, OutBecause } from "../identity/access.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { ForgetButton } from "./forget-button.tsx";
import { Frame } from "./frame.tsx";
import { JoinForm } from "./join-form.tsx";

const { out: say, join } = words.enter;

interface Props {
  readonly access: Access;
  readonly because: OutBecause;
}

/** With this key nobody comes in before an owner says so. */
function isUnknown(because: OutBecause): boolean {
  return because === "nobody" || because === "refused" || because === "expired";
}

export function SignedOutScreen({ access, because }: Props) {
  const [asking, setAsking] = useState(false);
  const { busy, fault, run } = useAction();
  if (asking) {
    return (
      <Frame name="join" title={join.title} note={join.note}>
        <JoinForm access={access} onBack={() => setAsking(false)} />
      </Frame>
    );
  }
  const { title, note } = say.because[because];
  return (
    <Frame name={`signed-out-${because}`} title={title} note={note}>
      <FaultNote fault={fault} />
      {isUnknown(because) ? (
        <button type="button" class="button button-main button-wide" onClick={() => setAsking(true)}>
          <Icon name="people" />
          {say.askAgain}
        </button>
      ) : (
        <button
          type="button"
          class="button button-main button-wide"
          disabled={busy}
          onClick={() => void run(() => access.signInOrOut())}
        >
          <Icon name="key" />
          {say.signIn}
        </button>
      )}
      <ForgetButton access={access} />
    </Frame>
  );
}
