/**
 * Memory: how much this machine has for a model, and how much a process takes. From /proc and the cgroup.
 */
import { readFileSync } from "node:fs";

const kib = 1024;

/** As the kernel counts a process: what lies in memory, and what it may write (RLIMIT_DATA's figure). */
export interface Taken {
  readonly rssBytes: number;
  readonly dataBytes: number;
}

/** Null when there is no such process any more. */
export function takenBy(pid: number): Taken | null {
  const text = textOf(`/proc/${pid}/status`);
  const rssBytes = kibIn(text, "VmRSS");
  const dataBytes = kibIn(text, "VmData");
  return rssBytes === null || dataBytes === null ? null : { rssBytes, dataBytes };
}

/** What a model may count on: the machine's memory, or less where a cgroup above us has a limit. */
export function machineMemoryBytes(root = "/"): number {
  const total = kibIn(textOf(`${root}proc/meminfo`), "MemTotal") ?? Infinity;
  return Math.min(total, cgroupLimit(root));
}

/** Free for a new process without anybody being ended, by the kernel's own estimate. */
export function availableBytes(root = "/"): number {
  return kibIn(textOf(`${root}proc/meminfo`), "MemAvailable") ?? Infinity;
}

/** The least memory.max from our own cgroup up (version 2). */
function cgroupLimit(root: string): number {
  const own = /^0::(\/\S*)$/mu.exec(textOf(`${root}proc/self/cgroup`))?.[1] ?? "/";
  const parts = own.split("/").filter((part) => part !== "" && part !== "..");
  const limits = [...parts.keys(), parts.length].map((depth) => {
    const folder = parts.slice(0, depth).join("/");
    const text = textOf(`${root}sys/fs/cgroup/${folder === "" ? "" : `${folder}/`}memory.max`).trim();
    return /^\d+$/u.test(text) ? Number(text) : Infinity;
  });
  return Math.min(...limits);
}

function kibIn(text: string, key: string): number | null {
  const [, figure] = new RegExp(`^${key}:\\s+(\\d+) kB$`, "mu").exec(text) ?? [];
  return figure === undefined ? null : Number(figure) * kib;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
