/**
 * GrantActs: what an owner can do about a grant. What is signed is said before, and asked once.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { GrantCard } from "../../daemon/wire/api-consent.ts";
import type { Me } from "../identity/me.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { useAction, type Action } from "../look/use-action.ts";
import { lookForAnswer, resumeGrant } from "../share/api.ts";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { actionsOf, type GrantAction } from "./grant-actions.ts";
import { signDeletionNotice, signRevocation } from "./sign-after.ts";

const { shared: say } = words;

interface Props {
  readonly card: GrantCard;
  readonly me: Me;
  readonly home: Home;
  readonly onDone: () => void;
}

const names: Readonly<Record<GrantAction, string>> = {
  cancel: say.cancel,
  stop: say.stop,
  "take-back": say.takeBack,
  resume: say.resume,
  "ask-deletion": say.ask,
  look: say.look,
};

export function GrantActs({ card, me, home, onDone }: Props) {
  const [asked, setAsked] = useState<GrantAction | null>(null);
  const action = useAction();
  const actions = actionsOf(card);
  const signing = (): { readonly me: Me; readonly nowMs: number } => ({ me, nowMs: home.now() });
  const act = async (work: () => Promise<void>): Promise<void> => {
    const worked = await action.run(work);
    if (worked) setAsked(null);
    onDone();
  };
  const start = (wanted: GrantAction): void => {
    if (wanted === "cancel") void act(() => signRevocation(card, signing()));
    else if (wanted === "resume") void act(() => resumeGrant(card.id));
    else if (wanted === "look") void act(() => look(card, home));
    else setAsked(wanted);
  };
  if (actions.length === 0) return null;
  const shown = asked !== null && actions.includes(asked) ? asked : null;
  return (
    <section class="grant-acts">
      {shown === null && actions.includes("resume") && <p class="block-note">{say.resumeNote}</p>}
      {shown === null && (
        <div class="form-row">
          {actions.map((each) => (
            <button
              key={each}
              type="button"
              class="button"
              disabled={action.busy}
              onClick={() => start(each)}
              data-act={each}
            >
              {names[each]}
            </button>
          ))}
        </div>
      )}
      {(shown === "stop" || shown === "take-back") && (
        <Confirm
          title={shown === "stop" ? say.stopTitle : say.takeBack}
          note={shown === "stop" ? say.stopNote : say.stopShareNote}
          word={say.stopDo}
          action={action}
          onDo={() => void act(() => signRevocation(card, signing()))}
          onBack={() => setAsked(null)}
        />
      )}
      {shown === "ask-deletion" && (
        <AskDeletion
          action={action}
          onDo={(reason) => void act(() => signDeletionNotice(card, reason, signing()))}
          onBack={() => setAsked(null)}
        />
      )}
      <FaultNote fault={action.fault} />
    </section>
  );
}

async function look({ id }: GrantCard, home: Home): Promise<void> {
  await lookForAnswer(id);
  home.messages.say(say.looked);
}

interface ConfirmProps {
  readonly title: string;
  readonly note: string;
  readonly word: string;
  readonly action: Action;
  readonly onDo: () => void;
  readonly onBack: () => void;
  readonly children?: ComponentChildren;
}

function Confirm({ title, note, word, action, onDo, onBack, children }: ConfirmProps) {
  return (
    <div class="confirm" role="group" aria-label={title}>
      <strong>{title}</strong>
      <p>{note}</p>
      {children}
      <div class="equal-buttons">
        <button type="button" class="button" disabled={action.busy} onClick={onBack}>
          {say.keep}
        </button>
        <button type="button" class="button" disabled={action.busy} onClick={onDo} data-testid="confirm">
          {word}
        </button>
      </div>
    </div>
  );
}

interface AskProps {
  readonly action: Action;
  readonly onDo: (reason: string) => void;
  readonly onBack: () => void;
}

function AskDeletion({ action, onDo, onBack }: AskProps) {
  const [reason, setReason] = useState("");
  return (
    <Confirm
      title={say.askTitle}
      note={say.askNote}
      word={say.askDo}
      action={action}
      onDo={() => onDo(reason)}
      onBack={onBack}
    >
      <div class="field">
        <label for="reason">{say.askReason}</label>
        <textarea
          id="reason"
          class="input"
          rows={2}
          maxLength={500}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </div>
    </Confirm>
  );
}
