/**
 * RequestPage: all of one request: its words, its limits, where it is, its entry in the log, the signed bytes.
 */
import { useCallback } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { Icon } from "../../../web/look/icons.tsx";
import { saveFile } from "../../../web/look/save-file.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import type { RequestDetail } from "../../api.ts";
import { getAgency, getRequest } from "../ask/public.ts";
import { circleOf } from "../feed/feed-page.tsx";
import { CheckPanel } from "../log/check-panel.tsx";
import { PageTitle, Waiting } from "../look/parts.tsx";
import { Plan } from "../plan/plan.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";
import { GaugeList } from "./gauge-list.tsx";
import { gaugesOf } from "./gauges.ts";
import { Notices } from "./notices.tsx";
import { countText, daysText, placeText, whenText } from "./places.ts";
import { sentencesOf } from "./sentence.ts";
import { StateTag } from "./state-tag.tsx";

const { request: say } = words;

export function RequestPage({ hash }: { readonly hash: string }) {
  const asked = useAsked(
    useCallback(async () => {
      const detail = await getRequest(hash);
      return { detail, agencyPage: await getAgency(detail.agency.id) };
    }, [hash]),
    { clock: systemClock, everyMs: null },
  );
  const back = { href: addressOf("requests"), to: words.titles.requests };
  if (asked.value === null)
    return (
      <>
        <PageTitle back={back}>{words.titles.request}</PageTitle>
        <Waiting fault={asked.fault} again={asked.again} />
      </>
    );
  const { detail, agencyPage } = asked.value;
  const { profile } = agencyPage;
  const { request, agency, state } = detail;
  const { asks, promises, until } = sentencesOf(request, agency.name, systemClock.wallMs());
  return (
    <>
      <PageTitle back={back}>{`${words.incident[request.incidentType]}, ${agency.name}`}</PageTitle>
      <div class="two">
        <article>
          <div class="notice-head">
            <StateTag state={state} />
            <span class="notice-soft">{say.entry(countText(detail.index))}</span>
          </div>
          <div class="part">
            <p class="notice-words">{asks}</p>
            <p class="notice-words">{promises}</p>
            <p class="notice-soft">
              {state === "withdrawn" ? "" : until} {say.voluntary}
            </p>
            <Notices card={detail} />
          </div>
          <section class="part">
            <h2>{say.purpose}</h2>
            <blockquote class="own-words">{request.purpose}</blockquote>
          </section>
          <section class="part">
            <h2>{say.limits}</h2>
            <GaugeList gauges={gaugesOf(request)} />
          </section>
          <Facts detail={detail} verifiedBy={profile.verifiedBy} />
          <SignedText detail={detail} />
        </article>
        <aside class="two-side">
          <Plan
            label={say.showOnPlan}
            circles={[circleOf(detail)]}
            outlines={[{ id: profile.id, label: words.plan.territory, corners: profile.jurisdiction }]}
          />
          <CheckPanel index={detail.index} hash={hash} profile={agencyPage.envelope} />
        </aside>
      </div>
    </>
  );
}

function Facts({ detail, verifiedBy }: { readonly detail: RequestDetail; readonly verifiedBy: string }) {
  const { request, agency } = detail;
  return (
    <section class="part">
      <h2>{say.details}</h2>
      <dl class="facts">
        <dt>{say.who}</dt>
        <dd>
          <a class="quiet-link" href={addressOf("agency", agency.id)}>
            {agency.name}
          </a>
          <small>{verifiedBy}</small>
        </dd>
        <dt>{say.case}</dt>
        <dd>{request.case}</dd>
        <dt>{say.area}</dt>
        <dd>{placeText(request.area)}</dd>
        <dt>{say.window}</dt>
        <dd>
          {whenText(request.window.from)} – {whenText(request.window.to)}
        </dd>
        <dt>{say.keep}</dt>
        <dd>{daysText(request.keepDays)}</dd>
        <dt>{say.onwardTitle}</dt>
        <dd>{request.onwardSharing.length === 0 ? say.nobody : request.onwardSharing.join(", ")}</dd>
        <dt>{say.contact}</dt>
        <dd>{request.contact}</dd>
        <dt>{say.sealTo}</dt>
        <dd>
          <span class="code">{request.sealTo}</span>
          <small>{say.sealToNote}</small>
        </dd>
        <dt>{say.signed}</dt>
        <dd>
          <span class="code">{detail.envelope.signatures[0]?.keyid}</span>
          <small>{whenText(request.issuedAt)}</small>
        </dd>
        <dt>{say.hash}</dt>
        <dd class="code">{detail.hash}</dd>
      </dl>
    </section>
  );
}

function SignedText({ detail }: { readonly detail: RequestDetail }) {
  const text = JSON.stringify(detail.envelope, null, 2);
  const save = (): void =>
    saveFile(new Blob([text], { type: "application/json" }), `request-${detail.hash.slice(0, 12)}.json`);
  return (
    <details class="part">
      <summary>{say.signedText}</summary>
      <p class="part-note">{say.signedTextNote}</p>
      <pre class="raw">{text}</pre>
      <div>
        <button type="button" class="button" onClick={save}>
          <Icon name="download" />
          {say.save}
        </button>
      </div>
    </details>
  );
}
