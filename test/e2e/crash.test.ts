/**
 * A doorbell that dies ten times at a system call of its own, ten times with its disk's power, and once with the kernel
 * below it: nothing that it acknowledged is lost. Two hundred times each: `npm run rig:crash`, `rig:power`, `rig:guest`
 * (scripts/rigs/crash).
 */
import { expect, test } from "vitest";
import { ext4Disk, ext4Problem } from "../../scripts/rigs/crash/ext4.ts";
import { runGuestCuts } from "../../scripts/rigs/crash/guest-cuts.ts";
import { straceProblem } from "../../scripts/rigs/crash/injection.ts";
import { runKills } from "../../scripts/rigs/crash/kills.ts";
import { fewKills } from "../../scripts/rigs/crash/plan.ts";
import { runPowerCuts } from "../../scripts/rigs/crash/power-cuts.ts";
import { findKernel, guestCache } from "../../scripts/rigs/guest/prepare.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";
import { join } from "node:path";

test(
  "killed ten times at an fsync, a write, a rename or an unlink, it loses nothing that it acknowledged",
  { timeout: 300_000 },
  async (context) => {
    const problem = straceProblem();
    if (problem !== null) return context.skip(`SKIPPED: ${problem}`);
    await using folder = await tempFolder();
    const options = { data: join(folder.path, "data"), logs: folder.path, askEvery: 5, mostMs: 6_000 };
    const problems: string[] = [];
    for await (const { kill, problems: found } of runKills(fewKills, options))
      problems.push(...found.map((each) => `${kill.process} at ${kill.call} ${kill.number}: ${each}`));
    expect(problems).toEqual([]);
  },
);

test(
  "with the power of its disk cut ten times, it loses nothing that it acknowledged",
  { timeout: 300_000 },
  async (context) => {
    const problem = await ext4Problem();
    if (problem !== null) return context.skip(`SKIPPED: ${problem}`);
    await using disk = await ext4Disk(256);
    let turn = 0;
    const random = (): number => [0.1, 0.7, 0.4, 0.9, 0.2][(turn += 1) % 5] ?? 0;
    const problems: string[] = [];
    for await (const row of runPowerCuts(10, { disk, askEvery: 5, mostMs: 3_000, random }))
      problems.push(...row.problems);
    expect(problems).toEqual([]);
  },
);

test(
  "with the kernel below it killed while it works, it loses nothing that it acknowledged",
  { timeout: 300_000 },
  async (context) => {
    const problem = await ext4Problem();
    if (problem !== null) return context.skip(`SKIPPED: ${problem}`);
    const kernel = await findKernel(guestCache(join(import.meta.dirname, "../..")));
    if (kernel === null) return context.skip("SKIPPED: no guest kernel yet (npm run guest -- --prepare)");
    const problems: string[] = [];
    const restarts: (number | null)[] = [];
    // a machine that is busy may acknowledge nothing within one short life: then another
    for await (const row of runGuestCuts(4, { kernel, mostMs: 3_000, random: () => 0.6 })) {
      problems.push(...row.problems);
      restarts.push(row.restartMs);
      if (row.restartMs !== null) break;
    }
    expect(problems).toEqual([]);
    expect(restarts.at(-1)).toEqual(expect.any(Number)); // there was something to ask for
  },
);
