/**
 * `npm run rig:power [-- --cuts 200 --seed 1]`: the power of the disk fails while the doorbell works.
 *
 * Prints a line a cut and one table; exit code 1 as rig:crash has it.
 */
import { parseArgs } from "node:util";
import { ext4Disk, ext4Problem } from "./ext4.ts";
import { runPowerCuts } from "./power-cuts.ts";
import { randomOf } from "./random.ts";
import { report } from "./report.ts";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});

await report({
  rig: "rig:power",
  problem: await ext4Problem(),
  async *play() {
    await using disk = await ext4Disk(512);
    yield* runPowerCuts(Number(values.cuts), { disk, random: randomOf(Number(values.seed)) });
  },
});
