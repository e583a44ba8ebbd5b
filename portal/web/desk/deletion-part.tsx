/**
 * DeletionPart: an owner asks for deletion, and the agency answers with its signature: deleted, or kept and why.
 */
import { useState } from "preact/hooks";
import type { DeletionAnswer } from "../../../daemon/consent/after.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { systemClock } from "../../../hal/clock.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { useStore } from "../../../web/state/store.ts";
import type { Parcel } from "../../api.ts";
import type { OpenedParcel } from "../parcel/opened.ts";
import { whenText } from "../request/places.ts";
import { readAnswer, readNotice, readReceipt, type ReadNotice } from "./after.ts";
import { LinesField } from "./fields.tsx";
import type { Desk } from "./session.ts";
import { deskWords } from "./words.ts";

const { parcel: say } = deskWords;

interface Props {
  readonly desk: Desk;
  readonly parcel: Parcel;
  readonly opened: OpenedParcel | null;
  readonly onChanged: () => void;
}

export function DeletionPart({ desk, parcel, opened, onChanged }: Props) {
  const keys = useStore(desk.agency, ({ agency }) => agency.keys).map(({ signKey }) => signKey);
  if (parcel.notices.length === 0) return null;
  const answer = readAnswer(parcel.answer, keys);
  // the bytes themselves, or what this agency signed about them when they were here
  const manifest = opened?.manifest ?? readReceipt(parcel.receipt, keys)?.manifest ?? null;
  const ownerKey = opened?.letter.ownerKey ?? "";
  return (
    <section class="part" data-testid="deletion">
      <h2>{say.deletion}</h2>
      {manifest !== null &&
        parcel.notices.map((envelope) => (
          <NoticeWords
            key={envelope.payload}
            read={readNotice(envelope, { grant: parcel.grant, manifest, ownerKey })}
            knowsLetter={opened !== null}
          />
        ))}
      {manifest === null && (
        <div class="said">
          <strong>{say.notice}</strong>
          {say.openFirst}
        </div>
      )}
      {answer !== null && (
        <p>
          {say.answered[answer.answer](whenText(answer.answeredAt))} {answer.basis}
        </p>
      )}
      {answer === null && manifest !== null && (
        <AnswerForm desk={desk} parcel={parcel} manifest={manifest} onChanged={onChanged} />
      )}
    </section>
  );
}

function NoticeWords({ read, knowsLetter }: { readonly read: ReadNotice; readonly knowsLetter: boolean }) {
  if (!read.counts)
    return <p class="part-note">{read.because === "signature" ? say.noticeBroken : say.noticeOther}</p>;
  const { notice, byLettersKey } = read;
  return (
    <div class="said">
      <strong>
        {say.notice}, {whenText(notice.issuedAt)}
      </strong>
      {notice.reason === "" ? say.noReason : notice.reason}
      {knowsLetter && <span class="field-note">{byLettersKey ? say.noticeBy : say.noticeByOther}</span>}
    </div>
  );
}

interface FormProps {
  readonly desk: Desk;
  readonly parcel: Parcel;
  readonly manifest: string;
  readonly onChanged: () => void;
}

function AnswerForm({ desk, parcel, manifest, onChanged }: FormProps) {
  const [answer, setAnswer] = useState<"deleted" | "kept">("deleted");
  const [basis, setBasis] = useState("");
  const agency = useStore(desk.agency, (session) => session.agency.id);
  const action = useAction();
  const sign = async (): Promise<void> => {
    const signed: DeletionAnswer = {
      grant: parcel.grant,
      agency,
      manifest,
      answer,
      basis: answer === "kept" ? basis.trim() : "",
      answeredAt: systemClock.wallMs(),
    };
    await desk.post(
      `/api/desk/parcels/${encodeURIComponent(parcel.grant)}/answer`,
      desk.sign(payloadTypes.deletionAnswer, signed),
    );
    onChanged();
  };
  const choices = [
    ["deleted", say.answerDeleted, say.answerDeletedNote],
    ["kept", say.answerKept, say.basisNote],
  ] as const;
  return (
    <form
      class="form panel"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(sign);
      }}
    >
      <fieldset class="roles">
        {choices.map(([each, title, note]) => (
          <label key={each} class="role" data-chosen={each === answer}>
            <input type="radio" name="answer" checked={each === answer} onChange={() => setAnswer(each)} />
            <span>
              <strong>{title}</strong>
              {note}
            </span>
          </label>
        ))}
      </fieldset>
      {answer === "kept" && <LinesField label={say.basis} maxLength={500} value={basis} onValue={setBasis} />}
      <p class="field-note">{say.sure}</p>
      <FaultNote fault={action.fault} />
      <div>
        <button
          type="submit"
          class="button button-main"
          disabled={action.busy || (answer === "kept" && basis.trim() === "")}
          data-testid="sign-answer"
        >
          <Icon name="pen" />
          {say.signAnswer}
        </button>
      </div>
    </form>
  );
}
