/**
 * Scenes: three minutes of the porch for every cause of false or missed motion, with its honest PIR.
 *
 * Forty visitors an hour, as the porch has them unless it is told otherwise, so that there is time in which nobody
 * is there. No two scenes share a street, visitors or a sensor's chances. Each begins when the sensor has been under power for a minute. `seeds`: none of these was
 * looked at while rules and numbers were chosen; those of `tuningSeeds` were.
 */
import type { PorchSettings } from "../../../hal/sim/porch/settings.ts";
import { troubles } from "../../../hal/sim/porch/trouble/list.ts";

export interface PairedPlan {
  readonly id: string;
  readonly settings: PorchSettings;
}

export const sceneMs = { from: 60_000, to: 240_000 } as const;
export const tuningSeeds = [11, 12] as const;
export const seeds = [21, 22] as const;

const ofTheNight: ReadonlySet<string> = new Set(["headlights", "lamp", "insects", "infrared", "noise"]);

export function scenesOf(seed: number): PairedPlan[] {
  const base: PorchSettings = { visitorsPerHour: 40, light: "day", pir: "honest" };
  const plans: PairedPlan[] = [
    { id: "day", settings: base },
    { id: "dusk", settings: { ...base, light: "dusk" } },
    { id: "night", settings: { ...base, light: "night" } },
    { id: "rain", settings: { ...base, rain: "on" } },
    { id: "rain-night", settings: { ...base, light: "night", rain: "on" } },
    { id: "cold", settings: { ...base, air: "cold" } },
    { id: "hot", settings: { ...base, air: "hot" } },
    ...troubles.map((trouble) => {
      const light = ofTheNight.has(trouble) ? "night" : "day";
      return { id: trouble, settings: { ...base, light, trouble } as const };
    }),
    ...(["close", "slow", "still", "dark", "running", "far"] as const).map((visitor) => ({
      id: `visitor-${visitor}`,
      settings: { ...base, visitor },
    })),
    { id: "visitor-close-night", settings: { ...base, light: "night", visitor: "close" } },
  ];
  return plans.map(({ id, settings }, i) => ({ id, settings: { ...settings, seed: 100 * seed + i } }));
}
