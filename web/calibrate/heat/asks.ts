/**
 * Asks: what a draft asks for in each of its zones, in the present light and at this time of day. Pure.
 *
 * The doorbell's own order (daemon/sight/rules.ts). The time of day is this browser's: whoever calibrates from
 * another time zone sees rules that ask for a time hold at other times.
 */
import { motionOf } from "../../../daemon/sight/drawn.ts";
import { levelAsked } from "../../../daemon/sight/levels.ts";
import { sensitivityIn, type Moment } from "../../../daemon/sight/rules.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";

interface Asking {
  readonly names: readonly string[];
  /** Counts where the zones say nothing. */
  readonly fallback: number;
  readonly when: Moment;
}

/** The least level that fires, per name. */
export function asksOf(drawn: Zones, { names, fallback, when }: Asking): number[] {
  const settings = motionOf(drawn, { sensitivity: fallback, zones: [] });
  return names.map((name) => {
    const zone = settings.zones.find((each) => each.name === name) ?? { name };
    return levelAsked(sensitivityIn(settings, zone, when));
  });
}
