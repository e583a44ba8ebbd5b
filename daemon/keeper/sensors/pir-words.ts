/**
 * PIR words: what is wrong with the motion sensor, and what to do about it, for whoever stands on the ladder.
 */
import { Fault } from "../../../hal/fault.ts";
import type { PirTrouble } from "./pir-watch.ts";

const rest = "until then movement is judged by the picture alone";

export function pirFault(trouble: PirTrouble, activeLow: boolean): Fault {
  switch (trouble) {
    case "dead":
      return new Fault("unavailable", "the motion sensor says nothing while people stand before it", {
        hint: `check its power and signal wire, and that nothing covers its lens; run sill selftest; ${rest}`,
      });
    case "stuck":
      return new Fault(
        "unavailable",
        "the motion sensor has been active for more than an hour without a break",
        {
          hint: `look for a warm draught or a shorted wire, and set its hold time lower; if it is wired the other way round set pir.activeLow to ${String(!activeLow)}; ${rest}`,
        },
      );
    case "inverted":
      return new Fault(
        "unavailable",
        "the motion sensor is active nearly always: it is wired the other way round",
        {
          hint: `set pir.activeLow to ${String(!activeLow)}; ${rest}`,
        },
      );
    case "flutter":
      return new Fault("unavailable", "the motion sensor fires all day while nothing moves in the picture", {
        hint: `turn it away from the street, the sun and warm air, or set its sensitivity lower; ${rest}`,
      });
  }
}
