/**
 * Linux machine: the board that this process runs on.
 *
 * Programs are looked for where they are installed, get so many seconds and no shell, and may not say
 * more than a megabyte. Nothing here writes.
 */
import { execFile } from "node:child_process";
import { readdir, readFile, statfs } from "node:fs/promises";
import type { Machine } from "./machine.ts";

const programMs = 15_000;
const mostBytes = 1024 * 1024;

export interface LinuxMachineOptions {
  /** The script that `sill` runs. */
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
}

export function linuxMachine({ entry, env }: LinuxMachineOptions): Machine {
  const path = [env["PATH"], "/usr/sbin", "/usr/bin", "/sbin", "/bin"].filter(Boolean).join(":");
  return {
    node: process.versions.node,
    read: (file) => readFile(file, "utf8").catch(() => null),
    list: async (folder) => {
      const names: string[] = await readdir(folder).catch(() => []);
      return names.toSorted();
    },
    run: (program, args) =>
      program === "sill"
        ? output(process.execPath, ["--disable-warning=ExperimentalWarning", entry, ...args], env)
        : output(program, args, { ...env, PATH: path, LC_ALL: "C" }),
    space: async (folder) => {
      const found = await statfs(folder).catch(() => null);
      if (found === null) return null;
      const { bsize, blocks, bavail, files, ffree } = found;
      return { totalBytes: bsize * blocks, freeBytes: bsize * bavail, files, freeFiles: ffree };
    },
  };
}

function output(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve) => {
    const limits = { timeout: programMs, maxBuffer: mostBytes, killSignal: "SIGKILL" as const };
    execFile(program, [...args], { ...limits, env }, (error, stdout) => {
      resolve(error === null ? stdout : null);
    });
  });
}
