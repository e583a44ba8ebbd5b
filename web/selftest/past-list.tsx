/**
 * PastList: runs of before, newest first: what they found, their files, deleting them.
 */
import { useState } from "preact/hooks";
import { ConfirmStep } from "../look/confirm-step.tsx";
import { FaultNote } from "../look/fault-note.tsx";
import { moment } from "../look/format.ts";
import { Icon } from "../look/icons.tsx";
import { useAction } from "../look/use-action.ts";
import type { Asked } from "../look/use-asked.ts";
import { words } from "../words.ts";
import { deleteReport, reportFiles, type PastLine } from "./api.ts";

const { selftest: say } = words;

interface Props {
  readonly past: Asked<readonly PastLine[]>;
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
}

export function PastList({ past, shown, onShow }: Props) {
  const { busy, fault, run } = useAction();
  const [going, setGoing] = useState<string | null>(null);
  const remove = async (id: string): Promise<void> => {
    setGoing(null);
    if (await run(() => deleteReport(id))) past.again();
  };
  return (
    <section class="block" aria-labelledby="tests">
      <h3 id="tests">{say.past}</h3>
      <FaultNote fault={past.fault ?? fault} />
      {past.value?.length === 0 && <p class="block-note">{say.noPast}</p>}
      <ul class="cards" data-testid="past-tests">
        {past.value?.map((line) => (
          <li key={line.id} class="card test-past" data-report={line.id} data-verdict={line.verdict}>
            <p class="card-words">
              <strong>{say.headlines[line.verdict]}</strong>
              <span>{countsText(line)}</span>
              <span>{say.tested(moment(line.startedWallMs), String(Math.round(line.tookMs / 1_000)))}</span>
            </p>
            <div class="test-past-acts">
              {line.id !== shown && (
                <button type="button" class="button" onClick={() => onShow(line.id)}>
                  <Icon name="eye" />
                  {say.open}
                </button>
              )}
              <ReportFiles id={line.id} />
              {going !== line.id && (
                <button
                  type="button"
                  class="button button-icon button-big"
                  aria-label={say.remove(moment(line.startedWallMs))}
                  title={say.remove(moment(line.startedWallMs))}
                  disabled={busy}
                  onClick={() => setGoing(line.id)}
                >
                  <Icon name="trash" />
                </button>
              )}
            </div>
            {going === line.id && (
              <ConfirmStep
                sure={say.removeSure}
                go={say.removeGo}
                keep={say.keep}
                onGo={() => void remove(line.id)}
                onKeep={() => setGoing(null)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function countsText({ counts }: Pick<PastLine, "counts">): string {
  return (["fail", "warn", "pass", "skip"] as const)
    .flatMap((verdict) => (counts[verdict] === 0 ? [] : [say.counts[verdict](String(counts[verdict]))]))
    .join(", ");
}

export function ReportFiles({ id }: { readonly id: string }) {
  return (
    <>
      {(["html", "json", "junit"] as const).map((kind) => (
        <a
          key={kind}
          class="button"
          href={reportFiles[kind](id)}
          download={`sill-selftest-${id}.${kind === "junit" ? "xml" : kind}`}
          aria-label={say.save(say[kind])}
        >
          <Icon name="download" />
          {say[kind]}
        </a>
      ))}
    </>
  );
}
