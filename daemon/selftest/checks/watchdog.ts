/**
 * Who restarts the doorbell when it hangs? systemd, which waits for a sign of life, or the board's own timer.
 */
import type { Check, CheckContext } from "../check.ts";
import { passed, warned } from "./said.ts";

const units = ["sill-keeper.service", "sill-eye.service"];

export const watchdog: Check = {
  id: "board-watchdog",
  group: "board",
  title: "A doorbell that hangs is started again",
  mostMs: 10_000,
  async run(context) {
    const timer = (await context.machine.list("/dev")).includes("watchdog");
    const board = timer ? "the board has a timer for the whole machine" : "the board has no timer of its own";
    const waits = await systemdWaits(context);
    if (waits !== null) return passed(`systemd waits ${waits} for a sign of life; ${board}`);
    return warned(
      `nobody waits for a sign of life of the doorbell; ${board}`,
      "install the package: its units do (WatchdogSec); sill run restarts what ends, not what hangs",
    );
  },
};

/** "20s"; null = it does not. */
async function systemdWaits({ machine }: CheckContext): Promise<string | null> {
  const own = (await machine.read("/proc/self/environ"))?.split("\0");
  const usec = own?.find((each) => each.startsWith("WATCHDOG_USEC="))?.slice("WATCHDOG_USEC=".length);
  if (usec !== undefined && Number(usec) > 0) return `${Number(usec) / 1e6} s`;
  for (const unit of units) {
    const told = await machine.run("systemctl", ["show", "--property=WatchdogUSec", "--value", unit]);
    const text = told?.trim() ?? "";
    if (text !== "" && text !== "0" && text !== "infinity") return text;
  }
  return null;
}
