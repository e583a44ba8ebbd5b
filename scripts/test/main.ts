/**
 * `npm test`, after set-up: checks, then what needs the guest, then vitest (which uses its kernel), then one line.
 *
 * With words on the command line only vitest runs, on the files whose path contains one of them; in
 * the guest for those below test/hardware and test/cages.
 * Ends with code 0 or 1 and "N passed, N failed" as the last line of stdout.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChecks } from "../check/checks.ts";
import { checkSummary } from "../check/report.ts";
import { coresTold, mayLeaveCore } from "./cores.ts";
import { guestTests, isInGuest } from "./guest.ts";
import { tallyFileVariable } from "./reporter.ts";
import { addTallies, isSuccess, tallyLine, type Tally } from "./tally.ts";

const root = join(import.meta.dirname, "../..");
const vitest = [
  join(root, "node_modules/vitest/vitest.mjs"),
  "run",
  "--reporter=default",
  `--reporter=${join(import.meta.dirname, "reporter.ts")}`,
];
const died: Tally = { passed: 0, failed: 1, skipped: [] };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function checks(): Promise<Tally> {
  const results = await runChecks(root);
  say(checkSummary(results));
  const failed = results.filter((result) => result.problems.length > 0).length;
  return { passed: results.length - failed, failed, skipped: [] };
}

async function tests(paths: readonly string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "sill-tally-"));
  const file = join(folder, "tally.json");
  const sinceMs = Date.now();
  try {
    const [shell = "", ...args] = mayLeaveCore([process.execPath, ...vitest, ...paths]);
    const child = spawn(shell, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, [tallyFileVariable]: file },
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    });
    const told = coresTold({ root, sinceMs, program: process.execPath });
    for (const line of await told.catch((error: unknown) => [`test: no cores: ${String(error)}`])) say(line);
    const tally = JSON.parse(await readFile(file, "utf8")) as Tally;
    return code !== 0 && tally.failed === 0 ? addTallies([tally, died]) : tally;
  } catch (error) {
    say(`test: vitest left no result: ${String(error)}`);
    return died;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function guarded(part: () => Promise<Tally>): Promise<Tally> {
  try {
    return await part();
  } catch (error) {
    say(`test: ${error instanceof Error ? error.stack : String(error)}`);
    return died;
  }
}

const words = process.argv.slice(2);
const all = words.length === 0;
const inGuest = words.filter((word) => isInGuest(word));
const plain = words.filter((word) => !isInGuest(word));
const parts = [
  ...(all ? [checks] : []),
  ...(all || inGuest.length > 0 ? [() => guestTests({ root, vitest, paths: inGuest, say })] : []),
  ...(all || plain.length > 0 ? [() => tests(plain)] : []),
];
const tallies: Tally[] = [];
for (const part of parts) tallies.push(await guarded(part));
const total = addTallies(tallies);
for (const skipped of total.skipped) say(`skipped: ${skipped}`);
if (total.skipped.length > 0) say(`${total.skipped.length} skipped, listed above`);
say(tallyLine(total));
process.exitCode = isSuccess(total) ? 0 : 1;
