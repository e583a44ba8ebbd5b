/**
 * Is it now, as far as this doorbell can know without asking anybody?
 */
import type { Check, CheckContext } from "../check.ts";
import { pathsOf, dayOf } from "../../wire/paths.ts";
import { numberIn } from "../machine.ts";
import { failed, passed, warned } from "./said.ts";

/** This version of Sill was not there before. */
const earliestWallMs = Date.UTC(2026, 0, 1);
const latestWallMs = Date.UTC(2060, 0, 1);
const dayMs = 86_400_000;
/** Between the battery's clock and the system's. */
const mostApartS = 60;

export const clockSense: Check = {
  id: "clock-sense",
  group: "time",
  title: "The clock makes sense",
  mostMs: 5_000,
  async run(context) {
    const { clock } = context;
    const wallMs = clock.wallMs();
    const seen = `it says ${new Date(wallMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
    const advice = "set the clock (timedatectl), then look at the history: it says what was recorded when";
    if (wallMs < earliestWallMs || wallMs > latestWallMs) return failed(seen, advice);
    const newest = await newestDay(context);
    if (newest !== null && newest > dayOf(wallMs + dayMs))
      return failed(`${seen}, but there are records of ${newest}`, advice);
    const rtcS = await numberIn(context.machine, "/sys/class/rtc/rtc0/since_epoch");
    if (rtcS === null) return passed(seen);
    const apartS = Math.abs(rtcS - wallMs / 1_000);
    const figures = [{ name: "battery clock apart", value: apartS, unit: "s", atMost: mostApartS }];
    if (apartS > mostApartS)
      return warned(
        `${seen}; the battery clock is ${Math.round(apartS)} s away from it`,
        "sudo hwclock --systohc writes the right time to it; if it is wrong again, change its battery",
        { figures },
      );
    return passed(seen, { figures });
  },
};

/** Of the event journal. */
async function newestDay({ machine, settings }: CheckContext): Promise<string | null> {
  const names = await machine.list(pathsOf(settings).journal);
  return names.findLast((name) => /^\d{4}-\d\d-\d\d\.jsonl$/u.test(name))?.slice(0, 10) ?? null;
}
