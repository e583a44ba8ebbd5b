/**
 * Drawn: the zones and sensitivities of the page, as motion takes them.
 */
import type { Zones } from "../wire/api-household.ts";
import type { MotionSettings } from "./zones.ts";

/** What the page did not say stays as the settings have it. */
export function motionOf(drawn: Zones, settings: MotionSettings): MotionSettings {
  return {
    sensitivity: drawn.sensitivity ?? settings.sensitivity,
    zones: drawn.zones.map(({ name, polygon, sensitivity, fuse }) => ({
      name,
      polygon,
      ...(sensitivity === null ? {} : { sensitivity }),
      ...(fuse === undefined ? {} : { fuse }),
    })),
    rules: drawn.rules,
    fuse: settings.fuse,
    pirWindowMs: settings.pirWindowMs,
  };
}
