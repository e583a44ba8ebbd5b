/**
 * AboutPage: what this is, who runs it, what it can see and what it cannot.
 */
import { useCallback } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import { limits } from "../../../daemon/consent/limits.ts";
import { getPortal } from "../ask/public.ts";
import { PageTitle, Waiting } from "../look/parts.tsx";
import { GaugeList } from "../request/gauge-list.tsx";
import { gaugesOf } from "../request/gauges.ts";
import { countText } from "../request/places.ts";
import { words } from "../words.ts";

const { about: say } = words;

/** A request at the limits, to show them. */
const widest = gaugesOf({
  area: { lat: 0, lon: 0, radiusM: limits.maxRadiusM },
  window: { from: 0, to: limits.maxWindowMs },
  issuedAt: limits.maxAgeMs,
  expiresAt: limits.maxAgeMs + limits.maxLifetimeMs,
  keepDays: limits.maxKeepDays,
}).filter(({ id }) => id !== "past");

export function AboutPage() {
  const portal = useAsked(useCallback(getPortal, []), { clock: systemClock, everyMs: null });
  return (
    <>
      <PageTitle lead={say.lead}>{words.titles.about}</PageTitle>
      {say.sections.map(({ title, text }) => (
        <section key={title} class="part">
          <h2>{title}</h2>
          <p class="notice-words">{text}</p>
        </section>
      ))}
      <section class="part">
        <h2>{say.floors}</h2>
        <p class="part-note">{say.floorsNote}</p>
        <GaugeList gauges={widest} />
      </section>
      <section class="part">
        <h2>{say.who}</h2>
        {portal.value === null ? (
          <Waiting fault={portal.fault} again={portal.again} />
        ) : (
          <dl class="facts">
            <dt>{say.operator}</dt>
            <dd>{portal.value.name}</dd>
            <dt>{say.address}</dt>
            <dd class="code">{portal.value.url}</dd>
            <dt>{say.registrar}</dt>
            <dd>
              <span class="code">{portal.value.registrarKey}</span>
              <small>{say.registrarNote}</small>
            </dd>
            <dt>{say.logKey}</dt>
            <dd class="code">{portal.value.logKey}</dd>
            <dt>{say.entries}</dt>
            <dd>{countText(portal.value.logSize)}</dd>
            <dt>{say.version}</dt>
            <dd>{portal.value.version}</dd>
          </dl>
        )}
      </section>
    </>
  );
}
