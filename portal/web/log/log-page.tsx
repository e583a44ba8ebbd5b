/**
 * LogPage: the newest checkpoint, the newest entry as this browser checked it, and how to do it without us.
 */
import { useCallback } from "preact/hooks";
import { toBase64 } from "../../../daemon/ledger/base64.ts";
import { systemClock } from "../../../hal/clock.ts";
import { useAsked } from "../../../web/look/use-asked.ts";
import { getPortal } from "../ask/public.ts";
import { PageTitle, Waiting } from "../look/parts.tsx";
import { countText } from "../request/places.ts";
import { words } from "../words.ts";
import { CheckList } from "./check-list.tsx";
import { checkEntry, readCheckpoint, type CheckedEntry } from "./check.ts";
import { readOwnLog } from "./read-log.ts";
import { browserKept, checkGrown } from "./seen.ts";

const { log: say, check: sayCheck } = words;

async function look() {
  const { logKey } = await getPortal();
  const checkpoint = await readCheckpoint(readOwnLog, logKey);
  const index = checkpoint.size - 1;
  const newest = index < 0 ? null : await checkEntry(readOwnLog, { index, logKey, sha256: null });
  const seen = await checkGrown(readOwnLog, browserKept, { checkpoint, logKey, nowMs: systemClock.wallMs() });
  return { logKey, checkpoint, newest, seen };
}

function kindOf({ kind }: CheckedEntry): string {
  const { kinds } = say;
  return kind === "request" || kind === "agency" || kind === "withdrawal" || kind === "moderation"
    ? kinds[kind]
    : kinds.other;
}

export function LogPage() {
  const seen = useAsked(useCallback(look, []), { clock: systemClock, everyMs: null });
  return (
    <>
      <PageTitle lead={say.lead}>{words.titles.log}</PageTitle>
      {seen.value === null ? (
        <Waiting fault={seen.fault} again={seen.again} />
      ) : (
        <>
          <section class="part">
            <h2>{say.checkpoint}</h2>
            <p class="part-note">{say.checkpointNote}</p>
            <dl class="facts">
              <dt>{say.size}</dt>
              <dd>{countText(seen.value.checkpoint.size)}</dd>
              <dt>{say.root}</dt>
              <dd class="code">{toBase64(seen.value.checkpoint.root)}</dd>
              <dt>{sayCheck.key}</dt>
              <dd>
                <span class="code">{seen.value.logKey}</span>
                <small>{sayCheck.keyNote}</small>
              </dd>
            </dl>
          </section>
          <section class="part">
            <div class="panel">
              <h2>{seen.value.newest === null ? say.empty : say.newest}</h2>
              {seen.value.newest !== null && (
                <>
                  <p>{say.newestIs(kindOf(seen.value.newest), countText(seen.value.newest.index))}</p>
                  <CheckList checked={seen.value.newest} seen={seen.value.seen} />
                  <p>
                    <strong>{sayCheck.good}</strong>
                  </p>
                </>
              )}
            </div>
          </section>
        </>
      )}
      <section class="part">
        <h2>{say.how}</h2>
        <ol class="steps">
          {say.howSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <section class="part">
        <h2>{say.files}</h2>
        <dl class="facts">
          {(["checkpoint", "entries", "tile"] as const).map((file) => (
            <FileRow key={file} file={file} size={seen.value?.checkpoint.size ?? 0} />
          ))}
        </dl>
      </section>
    </>
  );
}

function FileRow({
  file,
  size,
}: {
  readonly file: "checkpoint" | "entries" | "tile";
  readonly size: number;
}) {
  const width = Math.min(256, size);
  const part = width === 256 || width === 0 ? "000" : `000.p/${width}`;
  const path = { checkpoint: "checkpoint", entries: `tile/entries/${part}`, tile: `tile/0/${part}` }[file];
  return (
    <>
      <dt>{say.file[file]}</dt>
      <dd>
        <a class="quiet-link code" href={`/log/${path}`}>
          /log/{path}
        </a>
      </dd>
    </>
  );
}
