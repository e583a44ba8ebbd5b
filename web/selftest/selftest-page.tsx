/**
 * SelftestPage: start a test, follow it with a phone in one hand, read what was found and what to do.
 */
import "../look/selftest.css";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { SelftestReport } from "../../daemon/wire/selftest.ts";
import { useAwake } from "../calibrate/walk/use-awake.ts";
import type { Me } from "../identity/me.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import { useAsked } from "../look/use-asked.ts";
import type { PageProps } from "../route/page-props.ts";
import { words } from "../words.ts";
import { getPast, getReport, startTest, stopTest } from "./api.ts";
import { AskBanner } from "./ask-banner.tsx";
import { CheckList } from "./check-list.tsx";
import { countsText, PastList, ReportFiles } from "./past-list.tsx";
import { SealedPicture } from "./sealed-picture.tsx";
import { useSelftest } from "./use-selftest.ts";

const { selftest: say } = words;

export function SelftestPage({ home, me }: PageProps) {
  const test = useSelftest(home.clock);
  const past = useAsked(getPast, { clock: home.clock, everyMs: null });
  const { busy, fault, run } = useAction();
  const [attended, setAttended] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const running = test.value?.running === true;
  const last = test.value?.last ?? null;
  useAwake(running);
  useEffect(() => {
    if (last === null) return;
    past.again();
    setChosen(last);
  }, [last]);
  // what was deleted meanwhile, here or elsewhere, is not shown any more
  const isThere = past.value?.some(({ id }) => id === chosen) === true;
  const shown = (isThere ? chosen : past.value?.[0]?.id) ?? null;
  const start = async (): Promise<void> => {
    setChosen(null);
    if (await run(async () => void (await startTest(attended)))) test.again();
  };
  const stop = (): void => void run(stopTest).then(() => test.again());
  return (
    <div class="selftest">
      <FaultNote fault={test.fault ?? fault} />
      {running && test.value !== null ? (
        <>
          <AskBanner state={test.value} onStop={stop} />
          {test.value.done.length > 0 && <CheckList checks={test.value.done} />}
        </>
      ) : (
        <>
          <section class="card test-start">
            <p class="block-note">{say.startNote}</p>
            <label class="test-attended">
              <input
                type="checkbox"
                checked={attended}
                onChange={({ currentTarget }) => setAttended(currentTarget.checked)}
              />
              <span>
                <strong>{say.attended}</strong>
                <span>{say.attendedNote}</span>
              </span>
            </label>
            <button
              type="button"
              class="button button-main test-go"
              disabled={busy || test.value === null}
              onClick={() => void start()}
              data-testid="test-start"
            >
              <Icon name="wand" />
              {shown === null ? say.start : say.again}
            </button>
          </section>
          {shown !== null && <ReportPart key={shown} id={shown} me={me} clock={home.clock} />}
          <PastList past={past} shown={shown} onShow={setChosen} />
        </>
      )}
    </div>
  );
}

interface ReportProps {
  readonly id: string;
  readonly me: Me;
  readonly clock: PageProps["home"]["clock"];
}

function ReportPart({ id, me, clock }: ReportProps) {
  const ask = useCallback(() => getReport(id), [id]);
  const report = useAsked<SelftestReport>(ask, { clock, everyMs: null });
  if (report.value === null)
    return report.fault === null ? <p role="status">{say.loading}</p> : <FaultNote fault={report.fault} />;
  const { verdict, startedWallMs, tookMs, cut, checks, board, how } = report.value;
  const pictured = checks.some(({ picture }) => picture !== undefined);
  return (
    <section
      class="block test-report"
      aria-labelledby="found"
      data-testid="test-report"
      data-verdict={verdict}
    >
      <header class="test-head">
        <h3 id="found">{say.headlines[verdict]}</h3>
        <p>{countsText(report.value)}</p>
        <p class="block-note">
          {say.tested(moment(startedWallMs), String(Math.round(tookMs / 1_000)))} · {board} · {how}
        </p>
        {cut !== null && <p class="block-note">{say.cut[cut]}</p>}
      </header>
      {pictured && <SealedPicture id={id} me={me} />}
      <CheckList checks={checks} />
      <div class="test-files">
        <ReportFiles id={id} />
      </div>
    </section>
  );
}
