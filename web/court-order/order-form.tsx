/**
 * OrderForm: an order on paper, typed in and signed in this browser. What it signs gives out nothing.
 */
import { useId, useRef, useState } from "preact/hooks";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import type { Me } from "../identity/me.ts";
import { newPersonId } from "../identity/new-person.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { Field } from "../look/field.tsx";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { postCourtOrder } from "./api.ts";
import { emptyDraft, flawOf, most, orderOf, type DraftFlaw, type OrderDraft } from "./order-draft.ts";
import { PaperField } from "./paper-field.tsx";

const { courtOrder: say } = words;

interface Props {
  readonly me: Me;
  /** The doorbell's time. */
  readonly now: () => number;
  readonly onRecorded: () => void;
}

export function OrderForm({ me, now, onRecorded }: Props) {
  const [draft, setDraft] = useState(emptyDraft);
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { busy, fault, run } = useAction();
  const change = (part: Partial<OrderDraft>): void => {
    setDone(false);
    setDraft((before) => ({ ...before, ...part }));
  };
  const flaw = flawOf(draft);
  const record = async (): Promise<void> => {
    setTried(true);
    const facts = {
      id: newPersonId(),
      device: me.device,
      ownerKey: me.person.signKey,
      issuedAt: Math.round(now()),
    };
    const order = orderOf(draft, facts);
    if (order === null) return focusOn(form.current, flaw);
    const worked = await run(async () => postCourtOrder(await me.sign(payloadTypes.courtOrder, order)));
    if (!worked) return;
    setDraft(emptyDraft);
    setTried(false);
    setDone(true);
    onRecorded();
  };
  return (
    <form
      class="form card"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void record();
      }}
    >
      <Field
        label={say.court}
        note={say.courtNote}
        value={draft.court}
        maxLength={most.court}
        onValue={(court) => change({ court })}
      />
      <Field
        label={say.fileNumber}
        value={draft.fileNumber}
        maxLength={most.fileNumber}
        onValue={(fileNumber) => change({ fileNumber })}
      />
      <Field
        label={say.recipient}
        value={draft.recipient}
        maxLength={most.recipient}
        onValue={(recipient) => change({ recipient })}
      />
      <div class="field">
        <div class="window-fields">
          <TimeField label={say.from} value={draft.from} onValue={(from) => change({ from })} />
          <TimeField label={say.to} value={draft.to} onValue={(to) => change({ to })} />
        </div>
        <p class="field-note" id="window-note">
          {say.windowNote}
        </p>
      </div>
      <div class="field">
        <label for="order-text">{say.text}</label>
        <textarea
          id="order-text"
          class="input"
          rows={4}
          value={draft.text}
          maxLength={most.text}
          aria-describedby="order-text-note"
          onInput={({ currentTarget }) => change({ text: currentTarget.value })}
        />
        <p class="field-note" id="order-text-note">
          {say.textNote}
        </p>
      </div>
      <PaperField hash={draft.paperSha256} onHash={(paperSha256) => change({ paperSha256 })} />
      <FaultNote fault={fault} />
      <div role="alert" class="fault-place">
        {tried && flaw !== null && (
          <p class="field-note" data-wrong="true">
            {say.flaws[flaw]}
          </p>
        )}
      </div>
      <div class="form-row">
        <button type="submit" class="button button-main" disabled={busy}>
          <Icon name="pen" />
          {say.sign}
        </button>
        <p class="field-note" role="status">
          {done ? say.recorded : say.signNote}
        </p>
      </div>
    </form>
  );
}

/** The keyboard goes to the field that is missing; what is missing is read out. */
function focusOn(form: HTMLFormElement | null, flaw: DraftFlaw | null): void {
  const order: readonly (DraftFlaw | null)[] = ["court", "fileNumber", "recipient", "from", "to", "text"];
  const at = order.indexOf(flaw === "order" ? "to" : flaw);
  form?.querySelectorAll<HTMLElement>(".input").item(at)?.focus();
}

interface TimeProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function TimeField({ label, value, onValue }: TimeProps) {
  const id = useId();
  return (
    <div class="time-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="datetime-local"
        value={value}
        aria-describedby="window-note"
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </div>
  );
}
