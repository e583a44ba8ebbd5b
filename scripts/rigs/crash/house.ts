/**
 * House: keeper, eye and courier as commands of their own, as systemd starts them, each where wanted under strace.
 *
 * Nobody restarts what dies: that is what a crash rig wants to see. `kill` is SIGKILL to all that are left, at once.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../../../hal/fault.ts";
import { freePort, type ProcessName } from "../daemon.ts";
import { straceCommand, type Injection } from "./injection.ts";

const sill = join(import.meta.dirname, "..", "..", "..", "sill");
const names: readonly ProcessName[] = ["keeper", "eye", "courier"];
const startMs = 120_000;
const mostOutput = 64_000;

/** A small picture: the disk is what is tested. */
export const smallPicture = ["--camera.width=320", "--camera.height=180", "--camera.fps=10"];

export interface HouseOptions {
  readonly data: string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly injections?: Partial<Record<ProcessName, Injection>>;
}

export interface House extends AsyncDisposable {
  readonly url: string;
  readonly data: string;
  /** Wall time at which the first process was started. */
  readonly startedWallMs: number;
  /** True once the keeper answers; false when a process died before it did. */
  readonly listening: Promise<boolean>;
  /** The first that ended, and when (wall time). */
  readonly died: Promise<{ readonly name: ProcessName; readonly wallMs: number }>;
  isAlive(name: ProcessName): boolean;
  pid(name: ProcessName): number;
  output(): string;
  kill(): Promise<void>;
  /** SIGTERM, and their exit codes: the keeper last. */
  stop(): Promise<(number | null)[]>;
}

export async function startHouse(options: HouseOptions): Promise<House> {
  const { data, flags = [], injections = {} } = options;
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const startedWallMs = Date.now();
  const env = { ...process.env, SILL_SIM_EPOCH_MS: String(startedWallMs), ...options.env };
  const words = [`--data=${data}`, `--web.port=${port}`, ...flags];
  let output = "";
  const { promise: died, resolve: ended } = Promise.withResolvers<{ name: ProcessName; wallMs: number }>();
  const gone = new Map<ProcessName, Promise<number | null>>();
  const start = (name: ProcessName): ChildProcess => {
    const injection = injections[name];
    const [file = "", ...args] = [...(injection ? straceCommand(injection) : []), sill, name, ...words];
    const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-mostOutput);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const exit = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    gone.set(name, exit);
    void exit.then(() => ended({ name, wallMs: Date.now() }));
    return child;
  };
  const children = new Map(names.map((name) => [name, start(name)]));
  const isAlive = (name: ProcessName): boolean => {
    const child = children.get(name);
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  };
  const kill = async (): Promise<void> => {
    for (const child of children.values()) child.kill("SIGKILL");
    await Promise.all(gone.values());
  };
  return {
    url,
    data,
    startedWallMs,
    died,
    listening: answers(url, () => names.every(isAlive)),
    isAlive,
    pid: (name) => children.get(name)?.pid ?? 0,
    output: () => output,
    kill,
    async stop() {
      for (const name of ["eye", "courier"] as const) children.get(name)?.kill("SIGTERM");
      await Promise.all([gone.get("eye"), gone.get("courier")]);
      children.get("keeper")?.kill("SIGTERM");
      return Promise.all(gone.values());
    },
    [Symbol.asyncDispose]: kill,
  };
}

async function answers(url: string, isWhole: () => boolean): Promise<boolean> {
  const until = performance.now() + startMs;
  while (performance.now() < until) {
    if (!isWhole()) return false;
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer !== null) return isWhole();
    await sleep(50);
  }
  throw new Fault("timeout", `no keeper answered at ${url} within ${startMs} ms`);
}
