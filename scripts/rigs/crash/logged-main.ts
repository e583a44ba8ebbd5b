/**
 * `npm run rig:log [-- --states 100 --seconds 30 --seed 1]`: every write of a doorbell's life, and the disks between.
 *
 * Prints a line a state; exit code 1 when one has lost what was acknowledged before it.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toFault } from "../../../hal/fault.ts";
import { guestCache, prepareKernel } from "../guest/prepare.ts";
import { ext4Problem } from "./ext4.ts";
import { runLogged } from "./logged-states.ts";
import { randomOf } from "./random.ts";

const { values } = parseArgs({
  options: {
    states: { type: "string", default: "100" },
    seconds: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
  },
});
const note = (line: string): void => void process.stdout.write(`${line}\n`);
let [states, bad] = [0, 0];
const problem = await ext4Problem();
if (problem !== null) note(`rig:log skipped: ${problem}`);
else
  try {
    const cache = guestCache(join(import.meta.dirname, "../../.."));
    const { path: kernel } = await prepareKernel({ cache, limitS: 1_500, say: note });
    for await (const state of runLogged({
      kernel,
      lifeMs: Number(values.seconds) * 1_000,
      states: Number(values.states),
      askEvery: 5,
      random: randomOf(Number(values.seed)),
    })) {
      const { flush, flushes, kept, unflushed, acknowledged, problems } = state;
      note(
        `flush ${flush} of ${flushes}, ${kept} of ${unflushed} writes after it, ${acknowledged} acknowledged`,
      );
      for (const each of problems) note(`   PROBLEM ${each}`);
      states += 1;
      bad += problems.length;
    }
    note(`${states} states, ${bad} problems`);
    if (bad > 0 || states === 0) process.exitCode = 1;
  } catch (error) {
    note(toFault(error).message);
    process.exitCode = 1;
  }
