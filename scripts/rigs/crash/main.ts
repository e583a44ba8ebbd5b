/**
 * `npm run rig:crash [-- --cuts 200]`: SIGKILL at the n-th fsync, write, rename and unlink of each process.
 *
 * Prints a line a cut and one table. Exit code 1 when anything that was acknowledged is lost, more than two seconds
 * of video are, or the next recording begins later than five seconds after the start.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toFault } from "../../../hal/fault.ts";
import { straceProblem } from "./injection.ts";
import { runKills, type KillResult } from "./kills.ts";
import { killPlan } from "./plan.ts";
import { limits, tableOf } from "./table.ts";

const { values } = parseArgs({ options: { cuts: { type: "string", default: "200" } } });
const note = (line: string): void => void process.stdout.write(`${line}\n`);
const problem = straceProblem();
if (problem !== null) {
  note(`rig:crash skipped: ${problem}`);
} else {
  const folder = await mkdtemp(join(tmpdir(), "sill-crash-"));
  const results: KillResult[] = [];
  try {
    for await (const result of runKills(killPlan(Number(values.cuts)), {
      data: join(folder, "data"),
      logs: folder,
    })) {
      results.push(result);
      const { kill, reached, problems, lostVideoMs, restartMs } = result;
      const what = `${kill.process} at ${kill.call} ${kill.number}${reached ? "" : " (not reached)"}`;
      note(`${results.length}: ${what}: lost video ${lostVideoMs ?? "-"} ms, restart ${restartMs ?? "-"} ms`);
      for (const each of problems) note(`   PROBLEM ${each}`);
    }
  } catch (error) {
    note(toFault(error).message);
    process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const rows = results.map((result) => ({ ...result, group: `${result.kill.process} ${result.kill.call}` }));
  note(tableOf(rows));
  if (rows.some(limits.isBroken)) process.exitCode = 1;
}
