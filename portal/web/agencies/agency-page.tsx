/**
 * AgencyPage: one agency: who made sure of it, what it did here, its territory, its keys over time.
 */
import { useCallback } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import type { AgencyPage as Page, AgencyRecord } from "../../api.ts";
import { getAgency, getRequests } from "../ask/public.ts";
import { circleOf } from "../feed/feed-page.tsx";
import { CheckPanel } from "../log/check-panel.tsx";
import { PageTitle, Waiting } from "../look/parts.tsx";
import { Plan } from "../plan/plan.tsx";
import { RegistrarNote } from "../request/notices.tsx";
import { countText, dayText } from "../request/places.ts";
import { RequestNotice } from "../request/request-notice.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";

const { agencies: say } = words;

export function AgencyPage({ id }: { readonly id: string }) {
  const asked = useAsked(
    useCallback(async () => {
      const [page, { requests }] = await Promise.all([
        getAgency(id),
        getRequests({ agency: id, limit: 100 }),
      ]);
      return { page, requests };
    }, [id]),
    { clock: systemClock, everyMs: null },
  );
  const back = { href: addressOf("agencies"), to: words.titles.agencies };
  if (asked.value === null)
    return (
      <>
        <PageTitle back={back}>{words.titles.agency}</PageTitle>
        <Waiting fault={asked.fault} again={asked.again} />
      </>
    );
  const { page, requests } = asked.value;
  const { profile, versions, record, notes } = page;
  const newest = versions[0];
  return (
    <>
      <PageTitle back={back} lead={words.agencyKind[profile.kind]}>
        {profile.name}
      </PageTitle>
      <div class="two">
        <article>
          <section class="part">
            <h2>{say.record}</h2>
            <p class="part-note">{say.recordNote}</p>
            <RecordTable record={record} />
          </section>
          {notes.length > 0 && (
            <section class="part">
              <h2>{say.notes}</h2>
              {notes.map((note) => (
                <RegistrarNote key={note.index} note={note} />
              ))}
            </section>
          )}
          <section class="part">
            <dl class="facts">
              <dt>{say.verified}</dt>
              <dd>{profile.verifiedBy}</dd>
              <dt>{say.contact}</dt>
              <dd>{profile.contact}</dd>
            </dl>
          </section>
          <Keys page={page} />
          <section class="part">
            <h2>{say.itsRequests}</h2>
            <ul class="notices">
              {requests.map((card) => (
                <RequestNotice key={card.hash} card={card} nowMs={systemClock.wallMs()} />
              ))}
            </ul>
          </section>
        </article>
        <aside class="two-side">
          <Plan
            label={words.plan.territory}
            circles={requests.map(circleOf)}
            outlines={[{ id: profile.id, label: words.plan.territory, corners: profile.jurisdiction }]}
            fitTo="outlines"
            onChoose={([hash]) => hash !== undefined && location.assign(addressOf("request", hash))}
          />
          {newest !== undefined && <CheckPanel index={newest.index} hash={newest.hash} profile={null} />}
        </aside>
      </div>
    </>
  );
}

function RecordTable({ record }: { readonly record: AgencyRecord }) {
  return (
    <table class="tally" data-testid="record">
      <tbody>
        {say.rows.map(([name, title, note]) => {
          const value = record[name];
          return (
            <tr key={name}>
              <th scope="row">
                {title}
                {note !== "" && <small>{note}</small>}
              </th>
              <td>{typeof value === "number" ? countText(value) : say.bucket[value]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Keys({ page: { profile, versions } }: { readonly page: Page }) {
  return (
    <section class="part">
      <h2>{say.keys}</h2>
      <p class="part-note">{say.keysNote}</p>
      <ul class="gauges">
        {profile.keys.map(({ signKey, from, revokedAt }) => (
          <li key={signKey}>
            <span class="code">{signKey}</span>{" "}
            <span class="tag" data-look={revokedAt === null ? "open" : "wrong"}>
              {revokedAt === null ? say.keyNow : say.keyRevoked(dayText(revokedAt))}
            </span>
            <br />
            <span class="notice-soft">{say.keySince(dayText(from))}</span>
          </li>
        ))}
      </ul>
      <dl class="facts">
        <dt>{say.sealKeys}</dt>
        <dd class="code">{profile.sealTo.join(" ")}</dd>
        <dt>{say.docks}</dt>
        <dd class="code">{profile.docks.join(" ")}</dd>
        <dt>{say.versions}</dt>
        <dd>
          {versions.map(({ version, issuedAt, index }) => (
            <div key={version}>
              {say.version(countText(version), dayText(issuedAt))}
              <small>{words.request.entry(countText(index))}</small>
            </div>
          ))}
        </dd>
      </dl>
    </section>
  );
}
