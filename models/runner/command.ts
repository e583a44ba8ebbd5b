/**
 * Command: how the runner is started, so that it has nothing of ours but what it is for.
 *
 * setpriv (util-linux, in every Debian): the kernel ends it with its parent, also while it hangs in native code, and
 * no program that it starts can gain rights. Who runs a command as root (`sudo sill models add`) lends it no
 * right of root's: it is nobody, or where nobody may not read the program, root without one capability.
 */
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "../../hal/node-flags.ts";

const isBundled = extname(import.meta.url) === ".js";
/** Beside the eye's file where that is bundled, in this folder among the sources. */
export const runnerProgram = fileURLToPath(new URL(isBundled ? "runner.js" : "main.ts", import.meta.url));

/**
 * onnxruntime from 1.30 on, as it comes from npm, tells its makers what it runs, unless this stands in its environment
 * before it is loaded: then it makes no sender, no identifier and no file. https://github.com/microsoft/onnxruntime/pull/27379
 */
export const noTelemetry = { ORT_DISABLE_TELEMETRY: "1" } as const;

const always = ["--no-new-privs", "--pdeathsig", "KILL"];
const nobody = "65534";
const node = [...nodeFlags, "--v8-pool-size=0"];

export interface StartCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export function runnerCommand(memoryMb: number): StartCommand {
  const rights = process.getuid?.() === 0 ? withoutRoot() : [];
  return {
    file: "setpriv",
    args: [...rights, ...always, process.execPath, ...node, runnerProgram, String(memoryMb)],
    // nothing of ours is its business
    env: { PATH: process.env["PATH"] ?? "", MALLOC_ARENA_MAX: "2", ...noTelemetry },
  };
}

function withoutRoot(): string[] {
  const none = ["--inh-caps", "-all", "--bounding-set", "-all"];
  return nobodyMay() ? [...none, "--reuid", nobody, "--regid", nobody, "--clear-groups"] : none;
}

/** Run it, with all that it reads. No where that cannot be found out. */
function nobodyMay(): boolean {
  try {
    const onnxruntime = createRequire(import.meta.url).resolve("onnxruntime-node");
    return [runnerProgram, process.execPath, onnxruntime].every((path) => anybodyReads(path));
  } catch {
    return false; // no descriptor left, or onnxruntime is not there: the start tells
  }
}

/** The file, and through every folder above it. */
export function anybodyReads(path: string): boolean {
  const [reads, passes] = [0o004, 0o001];
  if ((statSync(path).mode & reads) === 0) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & passes) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
