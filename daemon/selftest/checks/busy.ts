/**
 * Busy: had the machine more to do than its processors could? Then frames that came late say nothing of the camera.
 *
 * The kernel tells for which part of the last ten seconds something that could run had to wait (PSI); where it does
 * not count that, the load of the last minute is held against the number of processors.
 */
import type { CheckResult, Figure } from "../check.ts";
import type { Machine } from "../machine.ts";
import { warned } from "./said.ts";

/** Part of the time, 0..1. A doorbell at work alone waits less. */
const mostWaiting = 0.5;
const mostLoadPerCore = 2;

export interface Busy {
  readonly words: string;
  readonly figure: Figure;
}

/** Null = it was not, or nobody counts. */
export async function busyMachine(machine: Machine): Promise<Busy | null> {
  const [, avg10] =
    /^some avg10=(\d+(?:\.\d+)?)/mu.exec((await machine.read("/proc/pressure/cpu")) ?? "") ?? [];
  if (avg10 !== undefined) {
    const waiting = Number(avg10) / 100;
    const figure = { name: "waiting for a processor", value: waiting, unit: "frac", atMost: mostWaiting };
    const words = `for ${Math.round(waiting * 100)} % of the time something waited for a processor`;
    return waiting > mostWaiting ? { words, figure } : null;
  }
  const load = Number.parseFloat((await machine.read("/proc/loadavg")) ?? "");
  const cores = (await machine.list("/sys/devices/system/cpu")).filter((name) =>
    /^cpu\d+$/u.test(name),
  ).length;
  if (!(load > mostLoadPerCore * cores) || cores === 0) return null;
  const figure = { name: "load", value: load, unit: "tasks", atMost: mostLoadPerCore * cores };
  return { words: `${load.toFixed(1)} tasks wanted ${cores} processors`, figure };
}

/** What a camera seems to have done on a machine that was busy is to be looked at again, and no failure. */
export async function unlessBusy(result: CheckResult, machine: Machine): Promise<CheckResult> {
  if (result.verdict !== "fail" && result.verdict !== "warn") return result;
  const busy = await busyMachine(machine);
  if (busy === null) return result;
  return warned(
    `${result.seen}; but the machine was busy: ${busy.words}`,
    "end what else runs on this machine, then run the test again; if nothing else runs, the board is too slow: lower camera.fps or the picture's size",
    { figures: [...(result.figures ?? []), busy.figure] },
  );
}
