/**
 * Boot: one run of the guest, from its start to its end.
 *
 * this process -> setpriv -> unshare -> namespace.sh -> the kernel. When this process dies, however
 * it dies, so does `unshare` (its death signal), so does PID 1 of the namespace, so does everything
 * in it: nothing of a guest survives its caller. `ended` resolves when the last of its processes
 * has let go of the console, so that a disk image is at rest by then.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { mkdtemp, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import { kernelArguments, writeControl } from "./control.ts";
import { follow } from "./follow.ts";
import type { GuestOptions } from "./options.ts";

export interface GuestOutput {
  stdout(bytes: Buffer): void;
  stderr(bytes: Buffer): void;
}

export interface GuestEnd {
  /** The command's exit code; null when the guest ended without one. */
  readonly status: number | null;
  /** `died`: the kernel could not start, or panicked. */
  readonly reason: "done" | "limit" | "cut" | "died";
  /** The last of what its kernel said. */
  readonly console: string;
  readonly tookMs: number;
}

export interface Guest {
  /** SIGKILL for this process is a power cut. */
  readonly pid: number;
  /** Cuts the power. */
  cut(): void;
  readonly ended: Promise<GuestEnd>;
}

const consoleBytes = 16 * 1024;
/** How long a guest may take to switch itself off when its command has ended. */
const powerOffMs = 10_000;

/** Rejects with a Fault when something that was named is missing, or the tools to start it. */
export async function bootGuest(kernel: string, options: GuestOptions, output: GuestOutput): Promise<Guest> {
  for (const path of [...options.shares, ...options.disks, options.cwd])
    if (!existsSync(path)) throw new Fault("not-found", `no ${path} to give to the guest`);
  const startedMs = performance.now();
  const control = await mkdtemp(join(tmpdir(), "sill-guest-"));
  await writeControl(control, options);
  const ram = await ramFolder(options.memoryMiB, control);
  const asUser = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const child = spawn(
    "setpriv",
    // prettier-ignore
    ["--pdeathsig", "KILL", ...heldTo(options.core), "unshare", ...asUser, "--pid", "--fork", "--kill-child=KILL", "--mount",
      "--mount-proc", "--net", "sh", join(control, "namespace.sh"), control, ram,
      kernel, ...kernelArguments(options, control)],
    { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env["PATH"] } },
  );
  const stopFollowing = [
    follow(join(control, "stdout"), (bytes) => output.stdout(bytes)),
    follow(join(control, "stderr"), (bytes) => output.stderr(bytes)),
  ];

  let reason: GuestEnd["reason"] | null = null;
  let said = "";
  const toFile = options.consoleFile === null ? null : createWriteStream(options.consoleFile);
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-consoleBytes);
      toFile?.write(chunk);
      // It does not end by itself; the trace that follows is let out.
      if (said.includes("Kernel panic")) setTimeout(() => kill("died"), 1_000).unref();
    });
  const kill = (why: GuestEnd["reason"]): void => {
    reason ??= why;
    child.kill("SIGKILL");
  };
  const limit = setTimeout(() => kill("limit"), options.limitS * 1_000);
  const watchdog = switchOff(join(control, "status"), () => kill("done"));

  const whenEnded = async (): Promise<GuestEnd> => {
    try {
      const signal = await closed(child);
      const status = await readStatus(control);
      const why = status !== null ? "done" : (reason ?? (signal === "SIGKILL" ? "cut" : "died"));
      return { status, reason: why, console: said, tookMs: performance.now() - startedMs };
    } finally {
      clearTimeout(limit);
      clearInterval(watchdog);
      for (const stop of stopFollowing) stop();
      toFile?.end();
      await rm(control, { recursive: true, force: true });
    }
  };
  const ended = whenEnded();
  if (options.pidFile !== null && child.pid !== undefined) await writeFile(options.pidFile, `${child.pid}\n`);
  return { pid: child.pid ?? 0, cut: () => kill("cut"), ended };
}

function heldTo(core: number | null): string[] {
  return core === null ? [] : ["taskset", "-c", String(core)];
}

/** Resolves when it and all that it started have let go of the console. */
function closed(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(cannotStart(error)));
    child.once("close", (_, signal) => resolve(signal));
  });
}

/** Ends a guest that has left its command's status and cannot switch itself off. */
function switchOff(status: string, kill: () => void): NodeJS.Timeout {
  let seenMs: number | null = null;
  return setInterval(() => {
    if (!existsSync(status)) return;
    seenMs ??= performance.now();
    if (performance.now() - seenMs > powerOffMs) kill();
  }, 500);
}

/** The guest's memory is a file; one in memory if there is room for it. */
async function ramFolder(memoryMiB: number, otherwise: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs("/dev/shm");
    return bavail * bsize > memoryMiB * 1024 * 1024 ? "/dev/shm" : otherwise;
  } catch {
    return otherwise;
  }
}

async function readStatus(control: string): Promise<number | null> {
  try {
    return Number.parseInt(await readFile(join(control, "status"), "utf8"), 10);
  } catch {
    return null;
  }
}

function cannotStart(error: Error): Fault {
  return new Fault("unavailable", `cannot start the guest: ${error.message}`, {
    hint: "it needs setpriv and unshare (Debian: util-linux), and the right to make namespaces",
    cause: error,
  });
}
