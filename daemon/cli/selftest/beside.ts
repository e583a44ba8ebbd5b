/**
 * Beside: a doorbell runs on this data folder, so it makes the test itself and this command listens. When it is
 * interrupted, the doorbell tells what it knows by then.
 */
import { Fault } from "../../../hal/fault.ts";
import type { ControlLine } from "../../wire/control.ts";
import type { DataPaths } from "../../wire/paths.ts";
import type { Progress, SelftestAsk, SelftestReport } from "../../wire/selftest.ts";
import { askHouse } from "../ask-house.ts";

export interface Outcome {
  readonly report: SelftestReport;
  /** Why the report was not kept; null = it was. */
  readonly notKept: string | null;
}

export interface RunOptions {
  readonly ask: SelftestAsk;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

function isProgress(line: ControlLine): line is Progress & ControlLine {
  return ["selftest-begun", "check-begun", "check-asks", "check-done"].includes(line.type);
}

/** Throws Fault: as the house says, `cancelled` when given up and it does not tell what it knows. */
export async function runBeside(paths: DataPaths, { ask, onProgress, signal }: RunOptions): Promise<Outcome> {
  let outcome: Outcome | null = null;
  await askHouse(
    paths,
    { ask: "selftest", ...ask },
    {
      signal,
      hearOut: true,
      onLine: (line) => {
        if (line.type === "selftest-done") outcome = { report: line.report, notKept: line.notKept };
        else if (isProgress(line)) onProgress(line);
      },
    },
  );
  if (outcome === null) throw new Fault("cancelled", "the self-test was ended before its end");
  return outcome;
}
