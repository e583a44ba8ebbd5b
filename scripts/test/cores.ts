/**
 * Cores: what a test process that crashed leaves behind, told as stacks.
 *
 * vitest says which file's process died of which signal, and no more; where it died is in its core. vitest and what
 * it starts may leave one where they run, in the root; after the run its stacks are printed with everything
 * else, and it is kept in .cache. Where the kernel puts cores elsewhere, there is nothing to tell.
 */
import { execFile } from "node:child_process";
import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const limitMs = 120_000;
/** The thread that crashed is the first; of the others it matters what they were at. */
const questions = [
  "p $_siginfo._sifields._sigfault.si_addr",
  "x/i $pc",
  "info registers",
  "bt 60",
  "thread apply all bt 12",
];

/** The same command, allowed to leave a core. */
export function mayLeaveCore(command: readonly string[]): string[] {
  return ["sh", "-c", 'ulimit -S -c "$(ulimit -H -c)"; exec "$@"', "sh", ...command];
}

export interface CoreOptions {
  readonly root: string;
  /** Only cores of this run. */
  readonly sinceMs: number;
  /** What ran. */
  readonly program: string;
  /** A debugger of another name. */
  readonly gdb?: string;
}

/** Lines for people; none = nothing crashed. */
export async function coresTold({ root, sinceMs, program, gdb = "gdb" }: CoreOptions): Promise<string[]> {
  const lines: string[] = [];
  for (const name of await readdir(root)) {
    if (!/^core(?:\.\d+)?$/u.test(name)) continue;
    const { mtimeMs } = await stat(join(root, name));
    if (mtimeMs < sinceMs) continue;
    const kept = join(root, ".cache", name);
    await mkdir(join(root, ".cache"), { recursive: true });
    await rename(join(root, name), kept);
    lines.push(`test: a process crashed; its core is ${kept}, its stacks:`, await stacks(gdb, program, kept));
  }
  return lines;
}

async function stacks(gdb: string, program: string, core: string): Promise<string> {
  const asked = questions.flatMap((question) => ["-ex", question]);
  try {
    const { stdout } = await run(gdb, ["-nx", "-batch", ...asked, program, core], { timeout: limitMs });
    return stdout.trimEnd();
  } catch (error) {
    return `no stacks: ${error instanceof Error ? error.message : String(error)}`;
  }
}
