/**
 * ReceiptPart: the agency's signature over exactly what arrived, and until when it keeps it.
 *
 * Begins at what the request promised and takes nothing later. Without the opened bytes nothing can be signed: a
 * receipt is about them, not about what the portal says of them.
 */
import { useState } from "preact/hooks";
import type { Receipt } from "../../../daemon/consent/after.ts";
import type { Request } from "../../../daemon/consent/request.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { useStore } from "../../../web/state/store.ts";
import type { Parcel } from "../../api.ts";
import type { OpenedParcel } from "../parcel/opened.ts";
import { dayText, whenText } from "../request/places.ts";
import { promisedUntil, readReceipt } from "./after.ts";
import { InputField, LinesField } from "./fields.tsx";
import type { Desk } from "./session.ts";
import { deskWords } from "./words.ts";

const { parcel: say } = deskWords;
const dayMs = 86_400_000;

interface Props {
  readonly desk: Desk;
  readonly parcel: Parcel;
  readonly opened: OpenedParcel | null;
  /** That the parcel answers; null = none of this agency's. */
  readonly request: Request | null;
  readonly onChanged: () => void;
}

export function ReceiptPart(props: Props) {
  const { desk, parcel, opened } = props;
  const keys = useStore(desk.agency, ({ agency }) => agency.keys);
  const receipt = readReceipt(
    parcel.receipt,
    keys.map(({ signKey }) => signKey),
  );
  return (
    <section class="part" data-testid="receipt">
      <h2>{say.receipt}</h2>
      <p class="part-note">{say.receiptNote}</p>
      {receipt !== null && (
        <>
          <p>
            {say.signed(whenText(receipt.receivedAt))} {say.signedKeep(dayText(receipt.keepUntil))}
          </p>
          {opened !== null && receipt.manifest !== opened.manifest && (
            <p class="said" data-look="wrong">
              {say.otherManifest}
            </p>
          )}
        </>
      )}
      {receipt === null && opened === null && <p class="part-note">{say.openFirst}</p>}
      {receipt === null && opened !== null && <ReceiptForm {...props} opened={opened} />}
    </section>
  );
}

function ReceiptForm({
  desk,
  parcel,
  opened,
  request,
  onChanged,
}: Props & { readonly opened: OpenedParcel }) {
  const promisedMs = request === null ? null : promisedUntil(request, parcel.arrivedAt);
  const [day, setDay] = useState(() => dayOf(promisedMs ?? parcel.arrivedAt + 30 * dayMs));
  const [onward, setOnward] = useState(() => (request?.onwardSharing ?? []).join("\n"));
  const agency = useStore(desk.agency, (session) => session.agency.id);
  const action = useAction();
  const sign = async (): Promise<void> => {
    const keepUntil = keepUntilOf(day, promisedMs);
    const receipt: Receipt = {
      grant: parcel.grant,
      agency,
      manifest: opened.manifest,
      receivedAt: systemClock.wallMs(),
      keepUntil,
      onwardSharing: onward.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()])),
    };
    await desk.post(
      `/api/desk/parcels/${encodeURIComponent(parcel.grant)}/receipt`,
      desk.sign(payloadTypes.receipt, receipt),
    );
    onChanged();
  };
  return (
    <form
      class="form panel"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(sign);
      }}
    >
      <InputField
        label={say.keepUntil}
        type="date"
        value={day}
        onValue={setDay}
        note={promisedMs === null ? undefined : say.keepUntilNote(dayText(promisedMs))}
        max={promisedMs === null ? "" : dayOf(promisedMs)}
      />
      <LinesField
        label={deskWords.compose.onward}
        note={deskWords.compose.onwardNote}
        maxLength={1_200}
        value={onward}
        onValue={setOnward}
      />
      <FaultNote fault={action.fault} />
      <div>
        <button type="submit" class="button button-main" disabled={action.busy} data-testid="sign-receipt">
          <Icon name="pen" />
          {say.sign}
        </button>
      </div>
    </form>
  );
}

/** The end of that day here, or the promised moment when that comes before. */
function keepUntilOf(day: string, promisedMs: number | null): number {
  const endMs = new Date(`${day}T23:59:59`).getTime();
  if (!Number.isFinite(endMs)) throw new Fault("invalid", "that is no day");
  if (promisedMs === null) return endMs;
  if (day > dayOf(promisedMs)) throw new Fault("invalid", say.tooLong(dayText(promisedMs)));
  return Math.min(endMs, promisedMs);
}

/** "2026-01-31" in the viewer's time zone, as a date field writes it. */
function dayOf(wallMs: number): string {
  const day = new Date(wallMs);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}
