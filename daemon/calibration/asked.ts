/**
 * Asked: the least level that fires, per area, for every light and minute of the day and all that a PIR can say.
 *
 * A table, so that trying a setting over a week is one comparison per frame and area. It is filled from
 * one time of day that a rule names to the next: nothing changes in between.
 */
import { pirSayings } from "../sight/fusion.ts";
import { everywhere, levelIn, lights } from "../sight/rules.ts";
import type { MotionSettings } from "../sight/zones.ts";
import { dayMinutes, whenOf, whens } from "./tracks.ts";

/** `asked[area][when]`; areas are the settings' zones in their order, or all of the picture. */
export type Asked = readonly Uint8Array[];

export function askedBy(settings: MotionSettings): Asked {
  const zones = settings.zones.length > 0 ? settings.zones : [{ name: everywhere }];
  const turns = turnsOf(settings);
  return zones.map((zone) => {
    const table = new Uint8Array(whens);
    for (const pir of pirSayings) {
      for (const light of lights) {
        const at = (minute: number | null): number => levelIn(settings, zone, { light, minute, pir });
        turns.forEach((from, i) => {
          table.fill(at(from), whenOf(light, from, pir), whenOf(light, turns[i + 1] ?? dayMinutes, pir));
        });
        table[whenOf(light, null, pir)] = at(null);
      }
    }
    return table;
  });
}

/** Minutes of the day from which on something may be different, from 0 on. */
function turnsOf({ rules = [] }: MotionSettings): number[] {
  const named = rules.flatMap(({ from, to }) => [from ?? "00:00", to ?? "00:00"]);
  const minutes = named.map((time) => 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5)));
  return [...new Set([0, ...minutes])].toSorted((a, b) => a - b);
}
