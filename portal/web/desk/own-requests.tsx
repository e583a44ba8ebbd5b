/**
 * OwnRequests: what this agency asked for, how it stands, and taking one back.
 */
import { useCallback, useState } from "preact/hooks";
import type { Withdrawal } from "../../../daemon/consent/request.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { systemClock } from "../../../hal/clock.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import type { DeskRequests } from "../../api.ts";
import { Nothing, Waiting } from "../look/parts.tsx";
import { Notices } from "../request/notices.tsx";
import { countText } from "../request/places.ts";
import { sentencesOf } from "../request/sentence.ts";
import { StateTag } from "../request/state-tag.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import type { Desk } from "./session.ts";
import { deskWords } from "./words.ts";

const { own: say } = deskWords;
type Own = DeskRequests["requests"][number];

export function OwnRequests({ desk }: { readonly desk: Desk }) {
  const asked = useAsked(
    useCallback(() => desk.json<DeskRequests>("/api/desk/requests"), [desk]),
    { clock: systemClock, everyMs: 60_000 },
  );
  if (asked.value === null) return <Waiting fault={asked.fault} again={asked.again} />;
  const { requests } = asked.value;
  return (
    <section class="part">
      <h2>{say.title}</h2>
      {requests.length === 0 ? (
        <Nothing title={say.none} hint={say.noneHint}>
          <a class="button button-main" href={addressOf("desk", "compose")}>
            {deskWords.tabs.compose}
          </a>
        </Nothing>
      ) : (
        <ul class="notices">
          {requests.map((own) => (
            <OwnRequest key={own.hash} desk={desk} own={own} onChanged={asked.again} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OwnRequest({
  desk,
  own,
  onChanged,
}: {
  readonly desk: Desk;
  readonly own: Own;
  readonly onChanged: () => void;
}) {
  const { request, agency, hash, index, state, parcels } = own;
  const { asks, until } = sentencesOf(request, agency.name, systemClock.wallMs());
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const withdraw = async (): Promise<void> => {
    const withdrawal: Withdrawal = { agency: agency.id, request: hash, issuedAt: systemClock.wallMs() };
    await desk.post("/api/desk/withdrawals", desk.sign(payloadTypes.withdrawal, withdrawal));
    setAsking(false);
    onChanged();
  };
  return (
    <li class="notice" data-over={state !== "open"} data-testid="own-request">
      <div class="notice-head">
        <h3 class="notice-title">
          <a href={addressOf("request", hash)}>
            {words.incident[request.incidentType]}, {request.case}
          </a>
        </h3>
        <StateTag state={state} />
      </div>
      <p class="notice-words">{asks}</p>
      <Notices card={own} />
      <div class="notice-foot">
        <span class="notice-soft">{words.request.entry(countText(index))}</span>
        {state !== "withdrawn" && <span class="notice-soft">{until}</span>}
        <span class="notice-soft">{say.parcels(parcels)}</span>
      </div>
      {state === "open" && !asking && (
        <div>
          <button type="button" class="button" onClick={() => setAsking(true)}>
            {say.withdraw}
          </button>
        </div>
      )}
      {asking && (
        <div class="confirm">
          <p>{say.withdrawSure}</p>
          <FaultNote fault={action.fault} />
          <div class="form-row">
            <button
              type="button"
              class="button button-danger"
              disabled={action.busy}
              onClick={() => void action.run(withdraw)}
            >
              {say.withdrawYes}
            </button>
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {say.cancel}
            </button>
          </div>
        </div>
      )}
    </li>
  );
}
