/**
 * FeedPage: every request, newest first, with filters and the plan beside it.
 */
import { useCallback, useMemo, useState } from "preact/hooks";
import { systemClock } from "../../../hal/clock.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import type { RequestCard } from "../../api.ts";
import { getAgencies } from "../ask/public.ts";
import { Nothing, PageTitle, Waiting } from "../look/parts.tsx";
import { Plan, type PlanCircle } from "../plan/plan.tsx";
import { RequestNotice } from "../request/request-notice.tsx";
import { countText } from "../request/places.ts";
import { words } from "../words.ts";
import { SieveBar } from "./sieve-bar.tsx";
import { fits, isOpenSieve, openSieve, queryOf, type Sieve } from "./sieve.ts";
import { useFeed } from "./use-feed.ts";

const { feed: say } = words;

export function circleOf({ hash, request, state, agency }: RequestCard): PlanCircle {
  const { lat, lon, radiusM } = request.area;
  const label = `${words.incident[request.incidentType]}, ${agency.name}`;
  return { id: hash, lat, lon, radiusM, look: state === "open" ? "open" : "over", label };
}

export function FeedPage() {
  const [sieve, setSieve] = useState<Sieve>(openSieve);
  const [onPlan, setOnPlan] = useState<readonly string[]>([]);
  const agencies = useAsked(useCallback(getAgencies, []), { clock: systemClock, everyMs: null });
  const feed = useFeed(queryOf(sieve));
  const found = useMemo(
    () => feed.requests?.filter((card) => fits(card, sieve.text)) ?? [],
    [feed.requests, sieve.text],
  );
  const circles = useMemo(() => found.map(circleOf), [found]);
  const chosen = onPlan.filter((hash) => found.some((card) => card.hash === hash));
  const shown = chosen.length === 0 ? found : found.filter(({ hash }) => chosen.includes(hash));
  return (
    <>
      <PageTitle lead={say.lead}>{words.titles.requests}</PageTitle>
      <div class="two">
        <section aria-label={words.titles.requests}>
          <SieveBar sieve={sieve} agencies={agencies.value ?? []} onSieve={setSieve} />
          {feed.requests === null ? (
            <Waiting fault={feed.fault} again={feed.again} />
          ) : (
            <>
              <div class="listed" role="status">
                <span>{chosen.length > 0 ? say.chosen(chosen.length) : say.count(found.length)}</span>
                {chosen.length > 0 && (
                  <button type="button" class="button" onClick={() => setOnPlan([])}>
                    {say.unchoose}
                  </button>
                )}
                {chosen.length === 0 && !isOpenSieve(sieve) && (
                  <button type="button" class="button" onClick={() => setSieve(openSieve)}>
                    {say.clear}
                  </button>
                )}
              </div>
              <Listed requests={shown} open={isOpenSieve(sieve)} />
              {feed.more !== null && (
                <button type="button" class="button button-wide" onClick={feed.more}>
                  {words.more}
                </button>
              )}
            </>
          )}
        </section>
        <aside class="two-side" data-first="true" data-stays="true">
          <Plan
            label={`${say.planLabel} ${countText(found.length)}.`}
            circles={circles}
            outlines={[]}
            chosen={chosen[0] ?? null}
            onChoose={setOnPlan}
          />
        </aside>
      </div>
    </>
  );
}

function Listed({ requests, open }: { readonly requests: readonly RequestCard[]; readonly open: boolean }) {
  if (requests.length === 0)
    return <Nothing title={open ? say.empty : say.none} hint={open ? say.emptyHint : say.noneHint} />;
  const nowMs = systemClock.wallMs();
  return (
    <ul class="notices">
      {requests.map((card) => (
        <RequestNotice key={card.hash} card={card} nowMs={nowMs} />
      ))}
    </ul>
  );
}
