/**
 * Clock fault: in words, why the clock is not believed, what follows from it, and what to do.
 */
import { Fault } from "../../hal/fault.ts";
import type { ClockView } from "./clock-trust.ts";

/** To the minute: enough to see what is wrong with it. */
const moment = (wallMs: number): string =>
  `${new Date(wallMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const setIt = "set it right (sudo timedatectl set-ntp true)";
const byItself = `${setIt}; if it is right, it is believed after a day`;

/** `holdMs`: running time until recordings are deleted for their age again (retention.ts). Null = it is believed. */
export function clockFault(seen: ClockView | null, holdMs: number): Fault | null {
  const follows = holdMs > 0 ? "nothing is deleted for its age and nothing is sent" : "nothing is sent";
  if (seen?.belief === "behind")
    return new Fault(
      "unavailable",
      `the clock shows ${moment(seen.wallMs)}, and ${moment(seen.floorWallMs)} has passed already: ${follows}`,
      { hint: setIt },
    );
  if (seen?.belief === "ahead")
    return new Fault(
      "unavailable",
      `the clock shows ${moment(seen.wallMs)}, long after ${moment(seen.floorWallMs)}, when it was last right: ${follows}`,
      { hint: byItself },
    );
  if (holdMs > 0)
    return new Fault("unavailable", "the clock jumped: nothing is deleted for its age for a day", {
      hint: byItself,
    });
  return null;
}
