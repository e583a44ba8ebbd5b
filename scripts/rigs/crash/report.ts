/**
 * Report: cuts as they are made, a line each, then one table; exit code 1 when one is beyond the limits.
 */
import { toFault } from "../../../hal/fault.ts";
import { limits, tableOf, type CutRow } from "./table.ts";

export const note = (line: string): void => void process.stdout.write(`${line}\n`);

export interface Reported<Row extends CutRow> {
  readonly rig: string;
  /** Why this machine cannot play it; null = it can. */
  readonly problem: string | null;
  readonly play: () => AsyncIterable<Row>;
  /** What stands before the figures of a line. */
  readonly titleOf?: (row: Row) => string;
}

export async function report<Row extends CutRow>(reported: Reported<Row>): Promise<void> {
  const { rig, problem, play, titleOf = () => "" } = reported;
  if (problem !== null) return note(`${rig} skipped: ${problem}`);
  const rows: Row[] = [];
  try {
    for await (const row of play()) {
      rows.push(row);
      const figures = `lost video ${row.lostVideoMs ?? "-"} ms, restart ${row.restartMs ?? "-"} ms`;
      note(`${rows.length}: ${titleOf(row)}${figures}`);
      for (const each of row.problems) note(`   PROBLEM ${each}`);
    }
  } catch (error) {
    note(toFault(error).message);
    process.exitCode = 1;
  }
  note(tableOf(rows));
  if (rows.some(limits.isBroken)) process.exitCode = 1;
}
