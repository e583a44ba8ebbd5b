/**
 * Drawn: the zones and sensitivities of the page, as motion takes them.
 */
import type { Zones } from "../wire/api-household.ts";
import type { MotionSettings } from "./zones.ts";

/** What the page did not say stays as the settings have it. */
export function motionOf(drawn: Zones, settings: MotionSettings): MotionSettings {
  return {
    sensitivity: drawn.sensitivity ?? settings.sensitivity,
    zones: drawn.zones.map(({ name, polygon, sensitivity }) => ({
      name,
      polygon,
      ...(sensitivity === null ? {} : { sensitivity }),
    })),
    rules: drawn.rules,
  };
}
