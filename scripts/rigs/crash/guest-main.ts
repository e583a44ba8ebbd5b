/**
 * `npm run rig:guest [-- --cuts 200 --seed 1]`: the kernel below the doorbell is killed while it works.
 *
 * Prints a line a cut and one table; exit code 1 as rig:crash has it.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toFault } from "../../../hal/fault.ts";
import { guestCache, prepareKernel } from "../guest/prepare.ts";
import { runGuestCuts } from "./guest-cuts.ts";
import { ext4Problem } from "./ext4.ts";
import { randomOf } from "./random.ts";
import { limits, tableOf, type CutRow } from "./table.ts";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const note = (line: string): void => void process.stdout.write(`${line}\n`);
const rows: CutRow[] = [];
const problem = await ext4Problem();
if (problem !== null) {
  note(`rig:guest skipped: ${problem}`);
} else {
  try {
    const cache = guestCache(join(import.meta.dirname, "../../.."));
    const { path: kernel } = await prepareKernel({ cache, limitS: 1_500, say: note });
    for await (const row of runGuestCuts(Number(values.cuts), {
      kernel,
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
