/**
 * Injection: what strace makes a process suffer, and the command that it goes in front of.
 *
 * A kill comes when the n-th of the named system calls is entered, so before it happens: the cut lies between two
 * of them. strace counts per thread (and injects no signal with --seccomp-bpf). The traced process keeps its own id (-D): whoever started it may end it.
 */
import { spawnSync } from "node:child_process";

export const callsOf = {
  fsync: "fsync,fdatasync",
  write: "write,pwrite64,writev,pwritev,pwritev2",
  rename: "rename,renameat,renameat2",
  unlink: "unlink,unlinkat",
  open: "open,openat",
} as const;
export type CallName = keyof typeof callsOf;

export interface Injection {
  readonly call: CallName;
  /** `signal=KILL:when=7`, `error=EIO:when=1+`, `delay_exit=2000000`. */
  readonly what: string;
  /** Where the calls are noted; outside of the folder under test. */
  readonly log: string;
  /** Only calls on these paths. */
  readonly paths?: readonly string[];
  /** Further calls that are noted and not touched. */
  readonly alsoTrace?: string;
}

export function killAt(call: CallName, number: number, log: string): Injection {
  return { call, what: `signal=KILL:when=${number}`, log };
}

export function straceCommand({ call, what, log, paths = [], alsoTrace }: Injection): string[] {
  const traced = [callsOf[call], ...(alsoTrace === undefined ? [] : [alsoTrace])].join(",");
  const only = paths.flatMap((path) => ["-P", path]);
  const words = ["strace", "-D", "-f", "-q", "-y", "-e", "signal=none", ...only];
  return [...words, "-e", `trace=${traced}`, "-e", `inject=${callsOf[call]}:${what}`, "-o", log];
}

export interface FsyncSeen {
  readonly path: string;
  /** Counts the openings of files: two fsyncs with the same number were of one descriptor. */
  readonly opening: number;
  readonly failed: boolean;
}

/** The fsyncs in a log with `alsoTrace: "openat,close"`, in order. */
export function fsyncsIn(log: string): FsyncSeen[] {
  const openings = new Map<string, number>();
  let opened = 0;
  return log.split("\n").flatMap((line) => {
    const [, call = "", descriptor = "", path = ""] =
      /^\d+ +(openat|close|fsync|fdatasync)\((?:.*\) += )?(\d+)<([^>]*)>/u.exec(line) ?? [];
    if (call === "openat") openings.set(descriptor, (opened += 1));
    if (call === "close") openings.delete(descriptor);
    if (!call.endsWith("sync")) return [];
    return [{ path, opening: openings.get(descriptor) ?? 0, failed: line.includes("(INJECTED)") }];
  });
}

/** Null = it works here; else why not, in a sentence. */
export function straceProblem(): string | null {
  const { status, error } = spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]);
  if (error !== undefined) return "strace is not installed (apt-get install strace)";
  return status === 0 ? null : "this machine does not let processes be traced (ptrace)";
}
