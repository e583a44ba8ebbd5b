/**
 * Options: what the command line of the guest means. Pure.
 *
 * `guest [OPTION]... -- CMD ARG...`; a value may follow as its own word or behind `=`.
 */
import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { Fault } from "../../../hal/fault.ts";

export interface GuestOptions {
  /** Program and arguments, run with `cwd` in the guest. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly memoryMiB: number;
  /** The guest is killed after this, counted from its start; preparing it does not count. */
  readonly limitS: number;
  /** Folders of this machine that the guest may write to. */
  readonly shares: readonly string[];
  /** Raw disk images, seen as /dev/ubda, /dev/ubdb ... */
  readonly disks: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How many virtual cameras. */
  readonly cameras: number;
  /** More words for the kernel's command line. */
  readonly kernelArgs: readonly string[];
  /**
   * Time goes on only while everything sleeps, and then at once: a program never is too slow, and an
   * hour of waiting takes none. A program that spins until a time comes waits for ever.
   */
  readonly simulatedTime: boolean;
  /** Of this machine, the only one it runs on: switching between kernel and program costs least there. */
  readonly core: number | null;
  /** systemd as PID 1, with the command as a unit of it. */
  readonly systemd: boolean;
  /** Gets the id of the process whose SIGKILL is a power cut. */
  readonly pidFile: string | null;
  /** Gets what the guest's kernel says. */
  readonly consoleFile: string | null;
}

export interface CommandLine {
  readonly help: boolean;
  /** Prepare the kernel and end. */
  readonly prepareOnly: boolean;
  readonly prepareLimitS: number;
  readonly guest: GuestOptions;
}

/** Where the caller is and what it has in its environment. */
export interface Caller {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const usage = `usage: guest [OPTION]... -- CMD ARG...
runs CMD in a kernel of its own, over this machine's files; ends with CMD's exit code

  --memory MIB        memory of the guest (1024)
  --limit SECONDS     kill the guest after this (300): exit code 124
  --share FOLDER      the guest may write here; everything else that it writes is gone with it
  --disk FILE         a disk image: /dev/ubda, the next one /dev/ubdb ...
  --env NAME[=VALUE]  a variable for CMD; without a value, this shell's
  --cameras N         virtual cameras (1)
  --kernel-arg WORD   one more word for the kernel's command line
  --simulated-time    waiting takes no time, computing takes none of the guest's
  --core N            hold it to one core of this machine, where switching costs least
  --systemd           systemd is PID 1, CMD a unit of it
  --pid-file FILE     gets the id of the process whose SIGKILL cuts the guest's power
  --console FILE      gets what the guest's kernel says
  --prepare           only prepare the kernel
  --prepare-limit S   give up preparing after this (1500)

--share, --disk, --env and --kernel-arg may be given several times.`;

/** Handed on without being asked for. */
const passed = /^(?:PATH|HOME|CI|TERM|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|SILL_\w+)$/u;

export function parseCommandLine(args: readonly string[], caller: Caller): CommandLine {
  const split = args.indexOf("--");
  const command = split < 0 ? [] : args.slice(split + 1);
  const values = parseOptions(split < 0 ? args : args.slice(0, split));
  const path = (value: string): string => resolve(caller.cwd, value);
  const optionalPath = (value: string | undefined): string | null =>
    value === undefined ? null : path(value);
  const prepareOnly = values.prepare ?? false;
  const help = values.help ?? false;
  if (command.length === 0 && !prepareOnly && !help) throw invalid("no command to run in the guest");
  return {
    help,
    prepareOnly,
    prepareLimitS: whole("--prepare-limit", values["prepare-limit"] ?? "1500", [1, 86_400]),
    guest: {
      command,
      cwd: caller.cwd,
      memoryMiB: whole("--memory", values.memory ?? "1024", [128, 65_536]),
      limitS: whole("--limit", values.limit ?? "300", [1, 86_400]),
      shares: (values.share ?? []).map(path),
      disks: (values.disk ?? []).map(path),
      env: environment(values.env ?? [], caller.env),
      cameras: whole("--cameras", values.cameras ?? "1", [0, 16]),
      kernelArgs: values["kernel-arg"] ?? [],
      simulatedTime: values["simulated-time"] ?? false,
      core: values.core === undefined ? null : whole("--core", values.core, [0, 4_095]),
      systemd: values.systemd ?? false,
      pidFile: optionalPath(values["pid-file"]),
      consoleFile: optionalPath(values.console),
    },
  };
}

function parseOptions(args: readonly string[]) {
  const one = { type: "string" } as const;
  const many = { type: "string", multiple: true } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: flag,
        memory: one,
        limit: one,
        share: many,
        disk: many,
        env: many,
        cameras: one,
        "kernel-arg": many,
        core: one,
        systemd: flag,
        "simulated-time": flag,
        "pid-file": one,
        console: one,
        prepare: flag,
        "prepare-limit": one,
      },
    }).values;
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

export function environment(
  wanted: readonly string[],
  from: Caller["env"],
): Readonly<Record<string, string>> {
  const env = new Map<string, string>();
  for (const [name, value] of Object.entries(from))
    if (value !== undefined && passed.test(name)) env.set(name, value);
  for (const one of wanted) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/su.exec(one) ?? [];
    if (name === undefined) throw invalid(`--env ${one}: not NAME or NAME=VALUE`);
    const given = value ?? from[name];
    if (given !== undefined) env.set(name, given);
  }
  return Object.fromEntries(env);
}

function whole(option: string, text: string, [least, most]: readonly [number, number]): number {
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw invalid(`${option} ${text}: a whole number from ${least} to ${most}`);
}

function invalid(message: string): Fault {
  return new Fault("invalid", message, { hint: "guest --help shows the options" });
}
