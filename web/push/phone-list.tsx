/**
 * PhoneList: the browsers that are told: one's own, and everybody's for owners; a test for one's own.
 */
import { useState } from "preact/hooks";
import type { People } from "../../daemon/wire/api-household.ts";
import type { PhoneShown } from "../../daemon/wire/api-push.ts";
import type { Me } from "../identity/me.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { moment, sentence } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { words } from "../words.ts";
import { testPhone } from "./api.ts";
import { tellNoMore } from "./this-browser.ts";

const { push: say } = words;

interface Props {
  readonly phones: readonly PhoneShown[];
  /** Of this browser. */
  readonly mark: string | null;
  readonly me: Me;
  readonly people: People["people"];
  readonly onChanged: () => void;
}

export function PhoneList({ phones, mark, me, people, onChanged }: Props) {
  const inOrder = phones.toSorted(
    (a, b) => Number(b.mark === mark) - Number(a.mark === mark) || b.addedWallMs - a.addedWallMs,
  );
  return (
    <>
      <h4>{say.list}</h4>
      {phones.length === 0 && <p class="block-note">{say.nobody}</p>}
      <ul class="cards">
        {inOrder.map((phone) => (
          <PhoneRow
            key={phone.id}
            phone={phone}
            isHere={phone.mark === mark}
            isMine={phone.person === me.person.id}
            name={people.find(({ id }) => id === phone.person)?.name ?? ""}
            onChanged={onChanged}
          />
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  readonly phone: PhoneShown;
  readonly isHere: boolean;
  readonly isMine: boolean;
  readonly name: string;
  readonly onChanged: () => void;
}

function PhoneRow({ phone, isHere, isMine, name, onChanged }: RowProps) {
  const { id, label, service, addedWallMs, trouble } = phone;
  const [tested, setTested] = useState(false);
  const { busy, fault, run } = useAction();
  const test = async (): Promise<void> => {
    setTested(false);
    setTested(await run(() => testPhone(id)));
    onChanged();
  };
  const remove = async (): Promise<void> => {
    if (await run(() => tellNoMore(id, isHere && isMine))) onChanged();
  };
  return (
    <li class="card" data-phone={isHere ? "here" : "other"}>
      <div class="card-line">
        <Icon name="browser" />
        <p class="card-words">
          <strong>
            {label}
            {isHere && <span class="chip">{say.you}</span>}
          </strong>
          <span>{[name, say.by(service), say.since(moment(addedWallMs))].filter(Boolean).join(" · ")}</span>
        </p>
      </div>
      {trouble !== undefined && (
        <p class="phone-trouble">
          <Icon name="alert" />
          <span>
            {say.trouble(moment(trouble.sinceWallMs))} {sentence(trouble.fault.message)}{" "}
            {trouble.fault.hint === undefined ? "" : sentence(trouble.fault.hint)}
          </span>
        </p>
      )}
      <FaultNote fault={fault} />
      <div role="status" class="fault-place">
        {tested && <p class="block-note">{say.tested}</p>}
      </div>
      <div class="form-row">
        {isMine && (
          <button
            type="button"
            class="button"
            disabled={busy}
            aria-label={say.testLabel(label)}
            onClick={() => void test()}
          >
            {busy ? say.testing : say.test}
          </button>
        )}
        <span class="stretch" />
        <button
          type="button"
          class="button"
          disabled={busy}
          aria-label={say.removeLabel(label)}
          onClick={() => void remove()}
        >
          {say.remove}
        </button>
      </div>
    </li>
  );
}
