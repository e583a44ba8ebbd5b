/**
 * Running time: how long this machine has been up, the same for every process, and which start it was.
 *
 * For what one process writes and another must judge without the wall clock. CLOCK_MONOTONIC: nobody can set it.
 * null = the kernel does not say which start this is; then no two moments belong to the same one.
 */
import { readFileSync } from "node:fs";

export interface RunningTime {
  readonly boot: string | null;
  readonly ms: number;
}

const path = "/proc/sys/kernel/random/boot_id";
const nsPerMs = 1_000_000n;
let boot: string | null | undefined;

export function runningTime(): RunningTime {
  boot ??= readBoot();
  return { boot, ms: Number(process.hrtime.bigint() / nsPerMs) };
}

function readBoot(): string | null {
  try {
    const text = readFileSync(path, "utf8").trim();
    return /^[0-9a-f-]{36}$/u.test(text) ? text : null;
  } catch {
    return null;
  }
}
