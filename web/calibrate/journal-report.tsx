/**
 * JournalReport: how far back the motion journal reaches, where it has gaps and why, what was marked.
 */
import type { JournalSpan } from "../../daemon/wire/api-calibration.ts";
import { FaultNote } from "../look/fault-note.tsx";
import { bytes, duration, moment, sentence } from "../look/format.ts";
import type { Asked } from "../look/use-asked.ts";
import { words } from "../words.ts";

const { calibrate: say } = words;

export function JournalReport({ journal }: { readonly journal: Asked<JournalSpan> }) {
  const { value, fault } = journal;
  return (
    <section class="journal" aria-labelledby="journal" data-testid="journal">
      <h3 id="journal">{say.journal}</h3>
      <p class="block-note">{say.journalWhy}</p>
      <FaultNote fault={fault} />
      {value === null && fault === null && <p role="status">{say.loading}</p>}
      {value !== null && <Facts value={value} />}
      {value !== null && value.span !== null && <Gaps gaps={value.gaps} />}
    </section>
  );
}

function Facts({ value }: { readonly value: JournalSpan }) {
  const { span, marks } = value;
  return (
    <div class="card">
      {span === null && <p>{say.journalNone}</p>}
      <dl class="facts">
        {span !== null && (
          <>
            <dt>{say.journalSpan}</dt>
            <dd>{say.journalSince(duration(span.toWallMs - span.fromWallMs), moment(span.fromWallMs))}</dd>
            <dt>{say.journalSize}</dt>
            <dd>{bytes(value.bytes)}</dd>
          </>
        )}
        <dt>{say.journalMarks}</dt>
        <dd>{say.journalMarked(marks.good, marks.false)}</dd>
      </dl>
    </div>
  );
}

function Gaps({ gaps }: Pick<JournalSpan, "gaps">) {
  return (
    <>
      <h3>{say.gaps}</h3>
      {gaps.length === 0 && <p class="block-note">{say.noGaps}</p>}
      <ul class="cards">
        {gaps.toReversed().map(({ fromWallMs, toWallMs, why }) => (
          <li key={fromWallMs} class="card gap-card">
            <p class="card-words">
              <strong>{sentence(why)}</strong>
              <span>{say.gapLine(moment(fromWallMs), duration(toWallMs - fromWallMs))}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
