/**
 * `npm run rig:disk [-- --to 64]`: the doorbell on a full ext4 of every size from 1 MB on.
 */
import { parseArgs } from "node:util";
import { toFault } from "../../../hal/fault.ts";
import { ext4Problem } from "./ext4.ts";
import { onSmallDisk } from "./small-disks.ts";

const { values } = parseArgs({ options: { to: { type: "string", default: "64" } } });
const note = (line: string): void => void process.stdout.write(`${line}\n`);
const problem = await ext4Problem();
if (problem !== null) note(`rig:disk skipped: ${problem}`);
else {
  let bad = 0;
  for (let megabytes = 1; megabytes <= Number(values.to); megabytes += 1) {
    try {
      const { presses, fault, problems } = await onSmallDisk(megabytes);
      note(`${megabytes} MB: ${presses} presses, ${problems.length} problems, ${fault ?? "there was room"}`);
      for (const each of problems) note(`   PROBLEM ${each}`);
      bad += problems.length;
    } catch (error) {
      note(`${megabytes} MB: ${toFault(error).message}`);
      bad += 1;
    }
  }
  note(`${values.to} sizes, ${bad} problems`);
  if (bad > 0) process.exitCode = 1;
}
