/**
 * Cost: what a look costs, on one thread, with the model's process: user + system time of both, and its memory.
 */
import { readFileSync } from "node:fs";
import type { MaskedFrame } from "../../../hal/frame.ts";
import type { BoxPx } from "../../../hal/geometry.ts";
import type { RunnerDetector } from "../../../models/runner/detector.ts";
import { median } from "../cpu.ts";

export interface Cost {
  /** Of the model's process, as it says: one picture through the graph. */
  readonly runMs: number;
  /** User + system of this process and the model's, for one region. */
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** Clock ticks a second of /proc, on every Linux that we run on. */
const ticksPerS = 100;

export async function costOf(
  runner: RunnerDetector,
  { frame, regions, looks }: { frame: MaskedFrame; regions: readonly BoxPx[]; looks: number },
): Promise<Cost> {
  const nobody = new AbortController().signal;
  for (let i = 0; i < 20; i += 1) await runner.detect(frame, regions, nobody);
  const pid = runner.pid ?? 0;
  const before = { own: process.cpuUsage(), child: childMs(pid) };
  const runs: number[] = [];
  for (let i = 0; i < looks; i += 1) {
    await runner.detect(frame, regions, nobody);
    runs.push(runner.status().msMedian ?? Number.NaN);
  }
  const { user, system } = process.cpuUsage(before.own);
  const cpuMs = (user + system) / 1_000 + childMs(pid) - before.child;
  return {
    runMs: median(runs),
    cpuMs: cpuMs / (looks * regions.length),
    rssMb: runner.status().rssBytes / 2 ** 20,
  };
}

function childMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerS;
}
