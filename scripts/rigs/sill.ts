/**
 * Sill rig: one run of the launcher, with what it printed.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";

const launcher = join(import.meta.dirname, "..", "..", "sill");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export async function sill(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return run([launcher, ...args], env);
}

/** Any command, to its end. */
export async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, stdout, stderr };
}

/** JSON lines of a command's standard output. */
export function jsonLines<T>(text: string): T[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
