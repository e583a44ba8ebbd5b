/**
 * Daemon rig: the real `./sill run` on a temporary data folder, paired, and a free port.
 *
 * `await using daemon = await startDaemon({...})` ends it and removes the folder. Its output is
 * kept for error messages. Process ids are read from /proc, so that a test may kill or stop one.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { randomInt } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../hal/fault.ts";
import { pairFolder, type PolicyChange } from "./paired.ts";
import { human, signIn, type SignedInHuman } from "./person.ts";

const sill = join(import.meta.dirname, "..", "..", "sill");
const defaultStartMs = 120_000;
const fixedPorts = [11_000, 32_000] as const;

export type ProcessName = "eye" | "keeper" | "courier" | "rtsp";

/** A doorbell of which nobody has taken possession, or that a caller signs in to. */
export interface BareDaemon extends AsyncDisposable {
  readonly url: string;
  readonly data: string;
  /** The supervisor. */
  readonly process: ChildProcess;
  output(): string;
  pid(name: ProcessName): Promise<number>;
  stop(): Promise<number | null>;
}

export interface Daemon extends BareDaemon {
  /** Signed in; the session outlives a keeper that dies. */
  readonly owner: SignedInHuman;
  /** As the owner. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface DaemonOptions {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A folder of the caller's, which stays; default: a temporary one, which goes. */
  readonly data?: string;
  /** To listen within; a slow machine takes longer. */
  readonly startMs?: number;
  /** The owner's policy; default: the porch's line. */
  readonly policy?: PolicyChange;
}

/** With its owner signed in and the line drawn before it starts. */
export async function startDaemon(options: DaemonOptions = {}): Promise<Daemon> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "sill-rig-")));
  await pairFolder(data, options.policy);
  const daemon = await startBareDaemon({ ...options, data });
  const stop = async (): Promise<number | null> => {
    const code = await daemon.stop();
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
    return code;
  };
  try {
    const owner = await signIn(daemon.url, human(1));
    return {
      ...daemon,
      owner,
      fetch: (path, init) => owner.fetch(path, init),
      stop,
      [Symbol.asyncDispose]: async () => void (await stop()),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves when it listens; throws with its output when it does not. */
export async function startBareDaemon(options: Omit<DaemonOptions, "policy"> = {}): Promise<BareDaemon> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "sill-rig-")));
  const flags = [`--web.port=${await freePort()}`, `--data=${data}`, ...(options.flags ?? [])];
  const child = spawn(sill, ["run", ...flags], {
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exited = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const { promise: listening, resolve: heard } = Promise.withResolvers<string>();
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    const url = /Open (http\S+) /.exec(output)?.[1];
    if (url !== undefined) heard(url);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    const code = await exited;
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
    return code;
  };
  const timeout = AbortSignal.timeout(options.startMs ?? defaultStartMs);
  const late = new Promise<null>((resolve) => timeout.addEventListener("abort", () => resolve(null)));
  const url = await Promise.race([listening, exited.then(() => null), late]);
  if (url === null) {
    await stop();
    throw new Fault("unavailable", `the daemon did not start:\n${output.slice(-4_000)}`);
  }
  return {
    url,
    data,
    process: child,
    output: () => output,
    pid: (name) => childPid(child.pid ?? 0, name),
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/**
 * A fixed port, so that a keeper that starts again is found where it was: below those that the kernel gives to whoever
 * asks for any, which may go to somebody else while nobody listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...fixedPorts);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

/** From every process's own words: not each kernel has /proc/PID/task/PID/children. */
async function childPid(parent: number, name: ProcessName): Promise<number> {
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/u.test(entry));
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    if (!status.includes(`\nPPid:\t${parent}\n`)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.split("\0").includes(name)) return Number(pid);
  }
  throw new Fault("not-found", `no ${name} process runs under ${parent}`);
}

/** Memory of a process, each page that it shares counted by its share. */
export async function pssBytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? Number.NaN) * 1_024;
}

/** Resident memory of a process in bytes. */
export async function rssBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1_024;
}
