/**
 * ComposePage: a request is written, with every limit beside it and the sentence that an owner will read, and signed.
 *
 * Nothing is sent before "Sign and publish"; what is missing or wrong is said while it is typed, by the check that
 * doorbells use.
 */
import { useEffect, useState } from "preact/hooks";
import { rejectWords } from "../../../daemon/consent/reject-codes.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { systemClock } from "../../../hal/clock.ts";
import { FaultNote } from "../../../web/look/fault-note.tsx";
import { Icon } from "../../../web/look/icons.tsx";
import { useAction } from "../../../web/look/use-action.ts";
import { useStore } from "../../../web/state/store.ts";
import type { Logged } from "../../api.ts";
import { GaugeList } from "../request/gauge-list.tsx";
import { countText } from "../request/places.ts";
import { sentencesOf } from "../request/sentence.ts";
import { addressOf } from "../route/route.ts";
import { ComposeForm } from "./compose-form.tsx";
import { ComposePlan } from "./compose-plan.tsx";
import { draftGauges } from "./draft-gauges.ts";
import { missingOf, newDraft, newRequestId, problemsOf, requestOf, type Draft } from "./draft.ts";
import type { Desk } from "./session.ts";
import { deskWords } from "./words.ts";

const { compose: say } = deskWords;

export function ComposePage({ desk }: { readonly desk: Desk }) {
  const agency = useStore(desk.agency, (session) => session.agency);
  const [draft, setDraft] = useState<Draft>(() => newDraft(agency));
  const [id, setId] = useState(newRequestId);
  const [logged, setLogged] = useState<Logged | null>(null);
  const nowMs = useMinute();
  const action = useAction();
  const request = requestOf(draft, { agency, id, nowMs });
  const missing = missingOf(draft);
  const problems = request === null ? [] : problemsOf(request, agency, desk.keys.signKey);
  const ready = request !== null && missing.length === 0 && problems.length === 0;

  const publish = async (): Promise<void> => {
    const signed = requestOf(draft, { agency, id, nowMs: systemClock.wallMs() });
    if (signed === null) return;
    const answer = await desk.post("/api/desk/requests", desk.sign(payloadTypes.request, signed));
    setLogged((await answer.json()) as Logged);
  };
  const another = (): void => {
    setDraft(newDraft(agency));
    setId(newRequestId());
    setLogged(null);
  };
  if (logged !== null) return <Published logged={logged} onAnother={another} />;
  return (
    <>
      <section class="part">
        <h2>{say.title}</h2>
        <p class="part-note">{say.lead}</p>
      </section>
      <div class="two">
        <div class="form">
          <ComposeForm draft={draft} agency={agency} onDraft={setDraft}>
            <ComposePlan draft={draft} agency={agency} onDraft={setDraft} />
          </ComposeForm>
          <section class="panel">
            {(missing.length > 0 || problems.length > 0) && (
              <div role="status" data-testid="problems">
                <p>
                  <strong>{say.problems}</strong>
                </p>
                <ul class="notice-soft">
                  {[...missing, ...problems.map((code) => rejectWords[code])].map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              </div>
            )}
            <p class="notice-soft">{say.confirm}</p>
            <FaultNote fault={action.fault} />
            <button
              type="button"
              class="button button-main button-wide"
              disabled={!ready || action.busy}
              onClick={() => void action.run(publish)}
              data-testid="publish"
            >
              <Icon name="pen" />
              {action.busy ? say.signing : say.sign}
            </button>
          </section>
        </div>
        <aside class="two-side" data-stays="true">
          <section class="panel">
            <h3>{say.limits}</h3>
            <GaugeList gauges={draftGauges(draft, nowMs)} />
          </section>
          <section class="panel" aria-live="polite" data-testid="preview">
            <h3>{say.preview}</h3>
            {request === null ? (
              <p class="notice-soft">{say.previewWaits}</p>
            ) : (
              <Preview request={request} agencyName={agency.name} nowMs={nowMs} />
            )}
          </section>
        </aside>
      </div>
    </>
  );
}

function Preview({
  request,
  agencyName,
  nowMs,
}: {
  request: Parameters<typeof sentencesOf>[0];
  agencyName: string;
  nowMs: number;
}) {
  const { asks, promises, until } = sentencesOf(request, agencyName, nowMs);
  return (
    <>
      <p>{asks}</p>
      <p>{promises}</p>
      <p class="notice-soft">
        {until} {say.previewPlace}
      </p>
      {request.purpose !== "" && (
        <>
          <p class="notice-soft">{say.previewOwn}</p>
          <blockquote class="own-words">{request.purpose}</blockquote>
        </>
      )}
    </>
  );
}

function Published({ logged, onAnother }: { readonly logged: Logged; readonly onAnother: () => void }) {
  return (
    <section class="part" role="status" data-testid="published">
      <div class="panel">
        <h2>{say.done(countText(logged.index))}</h2>
        <div class="form-row">
          <a class="button button-main" href={addressOf("request", logged.hash)}>
            {say.see}
          </a>
          <button type="button" class="button" onClick={onAnother}>
            {say.another}
          </button>
        </div>
      </div>
    </section>
  );
}

/** Now, again every half a minute: a window that was not over becomes so. */
function useMinute(): number {
  const [nowMs, setNowMs] = useState(() => systemClock.wallMs());
  useEffect(() => systemClock.every(30_000, () => setNowMs(systemClock.wallMs())), []);
  return nowMs;
}
