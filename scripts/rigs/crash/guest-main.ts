/**
 * `npm run rig:guest [-- --cuts 200 --seed 1]`: the kernel below the doorbell is killed while it works.
 *
 * Prints a line a cut and one table; exit code 1 as rig:crash has it.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { guestCache, prepareKernel } from "../guest/prepare.ts";
import { ext4Problem } from "./ext4.ts";
import { runGuestCuts } from "./guest-cuts.ts";
import { randomOf } from "./random.ts";
import { note, report } from "./report.ts";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});

await report({
  rig: "rig:guest",
  problem: await ext4Problem(),
  async *play() {
    const cache = guestCache(join(import.meta.dirname, "../../.."));
    const { path: kernel } = await prepareKernel({ cache, limitS: 1_500, say: note });
    yield* runGuestCuts(Number(values.cuts), { kernel, random: randomOf(Number(values.seed)) });
  },
});
