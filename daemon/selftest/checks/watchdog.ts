/**
 * Who restarts the doorbell when it hangs? systemd, which waits for a sign of life, or the board's own timer.
 */
import type { Check, CheckContext } from "../check.ts";
import { passed, warned } from "./said.ts";

/** Those of scripts/package/debian/units that say how long systemd waits; a test compares them. */
export const watchedUnits = [
  "sill-keeper.service",
  "sill-eye.service",
  "sill-courier.service",
  "sill-rtsp.service",
] as const;

export const watchdog: Check = {
  id: "board-watchdog",
  group: "board",
  title: "A doorbell that hangs is started again",
  mostMs: 10_000,
  async run(context) {
    const timer = (await context.machine.list("/dev")).includes("watchdog");
    const board = timer ? "the board has a timer for the whole machine" : "the board has no timer of its own";
    const units = await Promise.all(watchedUnits.map((unit) => waitsFor(context, unit)));
    const blind = watchedUnits.filter((_, i) => units[i] === "nobody");
    if (blind.length > 0)
      return warned(
        `nobody waits for a sign of life of ${blind.join(", ")}; ${board}`,
        "its unit was changed: systemctl cat shows by what; the package's own says WatchdogSec=20",
      );
    const waits = units.find((each) => each !== null) ?? (await waitsForMe(context));
    if (waits !== null) return passed(`systemd waits ${waits} for a sign of life; ${board}`);
    return warned(
      `nobody waits for a sign of life of the doorbell; ${board}`,
      "install the package: its units do (WatchdogSec); sill run restarts what ends, not what hangs",
    );
  },
};

/** "20s"; null = there is no such unit. */
async function waitsFor({ machine }: CheckContext, unit: string): Promise<string | null> {
  const told = await machine.run("systemctl", ["show", "--property=LoadState,WatchdogUSec", unit]);
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, "mu").exec(told ?? "")?.[1] ?? "";
  if (value("LoadState") !== "loaded") return null;
  const waits = value("WatchdogUSec");
  return ["", "0", "infinity"].includes(waits) ? "nobody" : waits;
}

/** Whoever runs the test, as systemd told it; null = nobody waits. */
async function waitsForMe({ machine }: CheckContext): Promise<string | null> {
  const own = (await machine.read("/proc/self/environ"))?.split("\0");
  const usec = own?.find((each) => each.startsWith("WATCHDOG_USEC="))?.slice("WATCHDOG_USEC=".length);
  return usec !== undefined && Number(usec) > 0 ? `${Number(usec) / 1e6} s` : null;
}
