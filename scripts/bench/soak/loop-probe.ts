/**
 * Loop probe: loaded into each process of a doorbell (NODE_OPTIONS=--import), it writes how late its event loop is.
 *
 * A timer of 10 ms; what it is late beyond that is the delay. The first seconds, while code is loaded, do not count.
 * One file per process in LOOP_PROBE_FOLDER, replaced every two seconds; a thread of a process writes none.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const stepMs = 10;
const warmUpMs = 25_000;
const folder = process.env["LOOP_PROBE_FOLDER"];
const name = process.argv[2] ?? "";

if (folder !== undefined && isMainThread && ["keeper", "eye", "courier"].includes(name)) {
  const delay = monitorEventLoopDelay({ resolution: stepMs });
  const lateMs = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - stepMs);
  const write = (): void => {
    const figures = {
      p50Ms: lateMs(delay.percentile(50)),
      p99Ms: lateMs(delay.percentile(99)),
      maxMs: lateMs(delay.max),
      ticks: delay.count,
    };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(figures));
  };
  setTimeout(() => {
    delay.enable();
    setInterval(write, 2_000).unref();
  }, warmUpMs).unref();
}
