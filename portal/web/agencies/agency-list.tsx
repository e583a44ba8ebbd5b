/**
 * AgencyList: who may ask here.
 */
import { useCallback } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import { getAgencies } from "../ask/public.ts";
import { Nothing, PageTitle, Waiting } from "../look/parts.tsx";
import { addressOf } from "../route/route.ts";
import { words } from "../words.ts";

const { agencies: say } = words;

export function AgencyList() {
  const asked = useAsked(useCallback(getAgencies, []), { clock: systemClock, everyMs: null });
  return (
    <>
      <PageTitle lead={say.lead}>{words.titles.agencies}</PageTitle>
      {asked.value === null && <Waiting fault={asked.fault} again={asked.again} />}
      {asked.value?.length === 0 && <Nothing title={say.none} hint={say.noneHint} />}
      <div class="agencies">
        {asked.value?.map(({ id, name, kind, requests, open, revoked }) => (
          <a key={id} class="agency-card" href={addressOf("agency", id)}>
            <strong>{name}</strong>
            <span>{words.agencyKind[kind]}</span>
            <span>
              {revoked ? (
                <em class="tag" data-look="wrong">
                  {say.revoked}
                </em>
              ) : (
                say.requests(requests, open)
              )}
            </span>
          </a>
        ))}
      </div>
    </>
  );
}
