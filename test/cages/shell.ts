/**
 * Shell: one small `sh` that runs every command of a test.
 *
 * In the guest it costs a second and more to start a program out of a process as large as a test runner,
 * and next to nothing out of this one.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cleanEnvironment } from "../../scripts/rigs/container.ts";
import { quote } from "../../scripts/rigs/guest/control.ts";
import type { Run } from "../../scripts/rigs/sill.ts";

const folder = mkdtempSync(join(tmpdir(), "sill-cages-"));
const [out, err] = [join(folder, "stdout"), join(folder, "stderr")];
const shell = spawn("env", ["--ignore-environment", "sh"], { stdio: ["pipe", "pipe", "inherit"] });
shell.unref(); // nobody waits for it to end
const codes = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
let last: Promise<unknown> = Promise.resolve();

/** One after the other, whoever asks. */
export function inShell(command: readonly string[]): Promise<Run> {
  const ran = last.then(async () => {
    const words = [...cleanEnvironment, ...command].map(quote).join(" ");
    shell.stdin.write(`${words} >${out} 2>${err} </dev/null; echo $?\n`);
    const answer = await codes.next();
    if (answer.done === true) throw new Error(`the shell ended at ${command.join(" ")}`);
    return {
      code: Number(answer.value),
      stdout: readFileSync(out, "utf8"),
      stderr: readFileSync(err, "utf8"),
    };
  });
  last = ran.catch(() => {});
  return ran;
}
