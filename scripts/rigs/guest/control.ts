/**
 * Control: the folder through which this machine and the guest speak, and the kernel's command line.
 *
 * The guest finds in it what to run and what to mount, and leaves `stdout`, `stderr` and, last,
 * `status`. Texts are pure; `writeControl` puts them there with the scripts.
 */
import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import type { GuestOptions } from "./options.ts";

const scripts = ["namespace.sh", "stage1.sh", "init.sh"] as const;

/** A word that sh takes as it is. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Texts by file name. */
export function controlFiles(options: GuestOptions): Readonly<Record<string, string>> {
  const env = {
    ...options.env,
    GUEST_CWD: options.cwd,
    GUEST: "1",
    GUEST_SIMULATED_TIME: options.simulatedTime ? "1" : "0",
  };
  return {
    command: `exec ${options.command.map(quote).join(" ")}\n`,
    env: Object.entries(env)
      .map(([name, value]) => `export ${name}=${quote(value)}\n`)
      .join(""),
    shares: lines(options.shares),
    writable: lines([...options.shares, ...options.disks]),
    stdout: "",
    stderr: "",
    ...(options.systemd ? { systemd: "" } : {}),
  };
}

function lines(paths: readonly string[]): string {
  for (const path of paths) {
    if (/^\/[^\n,]*$/u.test(path)) continue;
    throw new Fault("invalid", `cannot share ${JSON.stringify(path)}: a path with a line break or a comma`);
  }
  return paths.map((path) => `${path}\n`).join("");
}

/** What the kernel is started with. Words that it does not know become the environment of its init. */
export function kernelArguments(options: GuestOptions, control: string): string[] {
  const cameras =
    options.cameras === 0
      ? []
      : [`vivid.n_devs=${options.cameras}`, "vivid.node_types=0x1", "vivid.no_error_inj=0"];
  return [
    `mem=${options.memoryMiB}M`,
    "root=/dev/root",
    "rootfstype=hostfs",
    "rootflags=/",
    "ro",
    "quiet",
    "panic=-1",
    "con=null",
    "con0=fd:0,fd:1",
    "umid=guest",
    `uml_dir=${control}/`,
    `init=${control}/stage1.sh`,
    `GUEST_CONTROL=${control}`,
    ...(options.simulatedTime ? ["time-travel=inf-cpu"] : []),
    ...cameras,
    ...options.disks.map((path, index) => `ubd${index}=${path}`),
    ...options.kernelArgs,
  ];
}

export async function writeControl(folder: string, options: GuestOptions): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(controlFiles(options))) await writeFile(join(folder, name), text);
  for (const name of scripts) {
    await copyFile(join(import.meta.dirname, name), join(folder, name));
    await chmod(join(folder, name), 0o755);
  }
}
