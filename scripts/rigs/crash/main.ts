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
import { straceProblem } from "./injection.ts";
import { runKills } from "./kills.ts";
import { killPlan } from "./plan.ts";
import { report } from "./report.ts";

const { values } = parseArgs({ options: { cuts: { type: "string", default: "200" } } });

await report({
  rig: "rig:crash",
  problem: straceProblem(),
  async *play() {
    const folder = await mkdtemp(join(tmpdir(), "sill-crash-"));
    try {
      const kills = runKills(killPlan(Number(values.cuts)), { data: join(folder, "data"), logs: folder });
      for await (const result of kills)
        yield { ...result, group: `${result.kill.process} ${result.kill.call}` };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  titleOf: ({ kill, reached }) =>
    `${kill.process} at ${kill.call} ${kill.number}${reached ? "" : " (not reached)"}: `,
});
