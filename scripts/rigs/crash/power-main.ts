/**
 * `npm run rig:power [-- --cuts 200 --seed 1]`: the power of the disk fails while the doorbell works.
 *
 * Prints a line a cut and one table; exit code 1 as rig:crash has it.
 */
import { parseArgs } from "node:util";
import { toFault } from "../../../hal/fault.ts";
import { ext4Disk, ext4Problem } from "./ext4.ts";
import { runPowerCuts } from "./power-cuts.ts";
import { randomOf } from "./random.ts";
import { limits, tableOf, type CutRow } from "./table.ts";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const note = (line: string): void => void process.stdout.write(`${line}\n`);

const problem = await ext4Problem();
if (problem !== null) {
  note(`rig:power skipped: ${problem}`);
} else {
  const rows: CutRow[] = [];
  try {
    await using disk = await ext4Disk(512);
    for await (const row of runPowerCuts(Number(values.cuts), {
      disk,
      random: randomOf(Number(values.seed)),
    })) {
      rows.push(row);
      note(`${rows.length}: lost video ${row.lostVideoMs ?? "-"} ms, restart ${row.restartMs ?? "-"} ms`);
      for (const each of row.problems) note(`   PROBLEM ${each}`);
    }
  } catch (error) {
    note(toFault(error).message);
    process.exitCode = 1;
  }
  note(tableOf(rows));
  if (rows.some(limits.isBroken)) process.exitCode = 1;
}
