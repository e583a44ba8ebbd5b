/**
 * Asked: the least level that fires, per area and for every light and minute of the day.
 *
 * A table, so that trying a setting over a week is one comparison per frame and area. It is filled from
 * one time of day that a rule names to the next: nothing changes in between.
 */
import { levelAsked } from "../sight/levels.ts";
import { everywhere, lights, sensitivityIn } from "../sight/rules.ts";
import type { MotionSettings } from "../sight/zones.ts";
import { dayMinutes, whenOf, whens } from "./tracks.ts";

/** `asked[area][when]`; areas are the settings' zones in their order, or all of the picture. */
export type Asked = readonly Uint8Array[];

export function askedBy(settings: MotionSettings): Asked {
  const zones = settings.zones.length > 0 ? settings.zones : [{ name: everywhere }];
  const turns = turnsOf(settings);
  return zones.map((zone) => {
    const table = new Uint8Array(whens);
    for (const light of lights) {
      const at = (minute: number | null): number =>
        levelAsked(sensitivityIn(settings, zone, { light, minute }));
      turns.forEach((from, i) => {
        table.fill(at(from), whenOf(light, from), whenOf(light, turns[i + 1] ?? dayMinutes));
      });
      table[whenOf(light, null)] = at(null);
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
