/**
 * Does somebody set the clock, and who knows the time while the power is off?
 *
 * Asked of timedatectl, chrony and what systemd-timesyncd leaves; no packet leaves for it. Times of events and
 * the end of what was granted rest on it.
 */
import type { Check, CheckContext } from "../check.ts";
import { failed, passed, skipped, warned } from "./said.ts";

export const clockSource: Check = {
  id: "clock-source",
  group: "time",
  title: "The clock is set by something that knows",
  mostMs: 10_000,
  async run(context) {
    const rtc = (await context.machine.list("/sys/class/rtc")).length > 0;
    const synced = await isSynced(context);
    const kept = rtc
      ? "a battery clock keeps the time without power"
      : "no battery clock: without power and network it is wrong after a start";
    if (synced === null)
      return rtc
        ? passed(`${kept}; nothing tells whether the network sets it`)
        : skipped(`nothing tells who sets the clock; ${kept}`);
    if (synced) return passed(`it is set over the network; ${kept}`);
    const advice =
      "switch it on: sudo timedatectl set-ntp true; a router can serve the time where there is no internet";
    return rtc
      ? warned(`nothing sets the clock now; ${kept}`, advice)
      : failed(`nothing sets the clock, and ${kept}`, advice);
  },
};

/** Null = nobody here knows. */
async function isSynced({ machine }: CheckContext): Promise<boolean | null> {
  const told = await machine.run("timedatectl", ["show", "--property=NTPSynchronized", "--value"]);
  if (told !== null) return told.trim() === "yes";
  const chrony = await machine.run("chronyc", ["-c", "tracking"]);
  if (chrony !== null) return !chrony.trim().endsWith("Not synchronised");
  const left = await machine.list("/run/systemd/timesync");
  if (left.includes("synchronized")) return true;
  return left.length > 0 ? false : null;
}
