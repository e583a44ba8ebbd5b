/**
 * Own limits: what the runner takes upon itself before it reads a stranger's file.
 *
 * After everybody else on the processor (nice), the first to end when a kernel has no memory left, and no more memory
 * than it was given: RLIMIT_DATA, kept by the kernel at every allocation, where a look at /proc from outside comes
 * late; and no core file, in which a picture would be. That limit counts where the kernel writes the file itself; one that
 * pipes cores to a program (core_pattern, core(5)) does not ask it. Node cannot set limits; prlimit (util-linux) does. Refused on a
 * machine that says so: what watches from outside (process.ts) remains.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { takenBy } from "./memory.ts";

const niceness = 10;
const endMeFirst = "900";
const mib = 1024 * 1024;

export function limitMyself(memoryMb: number): void {
  step(() => setPriority(niceness));
  step(() => writeFileSync("/proc/self/oom_score_adj", endMeFirst));
  limit("--core=0");
  const taken = takenBy(process.pid);
  if (taken === null) return;
  // what Node has laid out without using it counts for the kernel
  const bytes = taken.dataBytes + Math.max(0, memoryMb * mib - taken.rssBytes);
  limit(`--data=${bytes}`);
}

function limit(what: string): void {
  spawnSync("prlimit", ["--pid", String(process.pid), what], { stdio: "ignore" });
}

function step(does: () => void): void {
  try {
    does();
  } catch {}
}
