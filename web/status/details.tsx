/**
 * StatusDetails: every counter there is, for testers, shown when they ask for it.
 */
import type { ComponentChildren } from "preact";
import type { Status } from "../../daemon/wire/api-status.ts";
import { bytes, moment, number } from "../look/format.ts";
import { words } from "../words.ts";

const { status: say } = words;

function Table({
  head,
  rows,
}: {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={head[0]}>
      <table>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest], index) => (
            <tr key={`${first} ${index}`}>
              <th scope="row">{first}</th>
              {rest.map((cell, column) => (
                <td key={head[column + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const when = (wallMs: number | null): string => (wallMs === null ? say.never : moment(wallMs));

function Facts({ status }: { readonly status: Status }) {
  const { storage, mask, ledger } = status;
  return (
    <dl class="facts">
      <Fact name={say.version}>{status.version}</Fact>
      <Fact name={say.started}>{moment(status.startedWallMs)}</Fact>
      <Fact name={say.encoder}>{status.encoder || "–"}</Fact>
      <Fact name={say.motion}>{number(status.motion.score)}</Fact>
      <Fact name={say.motionKernel}>{kernelWords(status.motion.kernel)}</Fact>
      <Fact name={say.motionJournal}>{journalWords(status.motion.journal)}</Fact>
      <Fact name={say.model}>{modelWords(status.what)}</Fact>
      <Fact name={say.policy}>{mask.policyVersion ?? "–"}</Fact>
      <Fact name={say.eventsKept}>{number(storage.events)}</Fact>
      <Fact name={say.oldest}>{when(storage.oldestWallMs)}</Fact>
      <Fact name={say.ledger}>{number(ledger.entries)}</Fact>
      <Fact name={say.evicted}>{number(storage.evicted)}</Fact>
    </dl>
  );
}

function kernelWords(kernel: Status["motion"]["kernel"]): string {
  return kernel === undefined ? "–" : say.motionKernels[kernel];
}

function journalWords(journal: Status["motion"]["journal"]): string {
  if (journal === undefined) return "–";
  return say.motionJournalFrames(number(journal.frames), number(journal.dropped));
}

function modelWords(what: Status["what"]): string {
  if (what === undefined) return "–";
  const { model, state, msMedian } = what;
  return say.modelState(model, say.modelStates[state], msMedian === null ? null : number(msMedian));
}

export function StatusDetails({ status }: { readonly status: Status }) {
  return (
    <div class="details-body" id="status-details">
      <Facts status={status} />
      <Table
        head={[say.stage, say.in, say.out, say.droppedColumn, say.lastError]}
        rows={status.stages.map((stage) => [
          stage.name,
          number(stage.in),
          number(stage.out),
          number(stage.dropped),
          stage.lastError ?? "",
        ])}
      />
      <Table
        head={[say.part, say.state, say.counted, say.lastSeen]}
        rows={status.sensors.map((sensor) => [
          say.roles[sensor.role],
          sensor.fault?.message ?? say.sensorWords[sensor.state],
          number(sensor.count),
          when(sensor.lastWallMs),
        ])}
      />
      <Table
        head={[say.processes, say.state, say.memory, say.since]}
        rows={status.processes.map((process) => [
          process.name,
          process.connected ? say.running : say.stopped,
          bytes(process.rssBytes),
          when(process.sinceWallMs),
        ])}
      />
      <a class="quiet-link" href="/api/docs">
        {say.api}
      </a>
    </div>
  );
}
